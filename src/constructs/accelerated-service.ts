import type { ITerraformIterator, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { AlidnsRecord } from "@cdktf/provider-alicloud/lib/alidns-record";
import type { CmsAlarm } from "@cdktf/provider-alicloud/lib/cms-alarm";
import { Vpc } from "@cdktf/provider-alicloud/lib/vpc";
import { Vswitch } from "@cdktf/provider-alicloud/lib/vswitch";
import { addAlarm } from "./alarm";
import type { AlarmOptions } from "./alarm";
import { AnycastEip } from "./anycast-eip";
import type { AnycastEipProps } from "./anycast-eip";
import { checkFlag, checkName, checkZone, isUnknown } from "./checks";
import { checkNetwork } from "./cidr-checks";
import { addDnsRecord } from "./dns-record";
import type { DnsOptions } from "./dns-record";
import { ConstructError } from "./errors";
import { checkForEach, perKey } from "./for-each";
import { InternalClb } from "./internal-clb";
import type { ClbBackend } from "./internal-clb";
import type { ClbListenerProps } from "./listener-props";
import { PlainEip } from "./plain-eip";
import { knownRegion } from "./region";
import { checkObject } from "./settings-checks";

/** The network that an `AcceleratedService` makes. */
export interface NewNetwork {
  /** Zone id of the vSwitch. */
  readonly zoneId: string;
  /** Addresses of the VPC. @default "10.0.0.0/16" */
  readonly cidr?: string;
  /** Addresses of the vSwitch, inside those of the VPC. @default "10.0.1.0/24" */
  readonly vswitchCidr?: string;
}

/** What an `AcceleratedService` is made of. */
export interface AcceleratedServiceProps {
  /** Begins the name of everything: 2 to 120 characters, letters, digits, `_`, `-`, starting with a letter. */
  readonly name: string;
  /** Id of the vSwitch the load balancer is in. @default the one that `network` makes */
  readonly vswitchId?: string;
  /** A VPC and a vSwitch to make, in place of `vswitchId`. @default none */
  readonly network?: NewNetwork;
  /** What the service answers on; at least one. */
  readonly listeners: readonly ClbListenerProps[];
  /** Servers behind the load balancer; `clb.addBackend` adds further ones. @default none */
  readonly servers?: readonly ClbBackend[];
  /** Of the Anycast EIP: area, bandwidth, billing, description. @default as AnycastEip decides */
  readonly address?: Omit<AnycastEipProps, "name" | "tags" | "resourceGroupId" | "forEach" | "provider">;
  /** An ordinary EIP too, for the comparison that `anycast verify` makes. @default false */
  readonly compareWithPlainEip?: boolean;
  /** An A record for the accelerated address. @default none */
  readonly dns?: DnsOptions;
  /** An alarm for the servers. @default none */
  readonly alarm?: AlarmOptions;
  /** Id of a resource group, `rg-…`. @default the account's default group */
  readonly resourceGroupId?: string;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Region id, only where the provider takes its region from the environment. @default the provider's region */
  readonly region?: string;
  /** Makes a whole service per key; names and other values then come from the iterator. @default a single one */
  readonly forEach?: ITerraformIterator;
  /** @default the stack's provider */
  readonly provider?: TerraformProvider;
}

/**
 * The quick start as one construct: an internal load balancer, its listeners and servers, and an Anycast EIP that lets
 * distant users in at their nearest access point. On request the network, a plain EIP, a DNS record and an alarm too.
 * @throws ConstructError `NoNetwork`, `NoListener`, and what the constructs it is made of throw
 * @example
 * new AcceleratedService(stack, "shop", {
 *   name: "shop",
 *   network: { zoneId: "ap-southeast-1a" },
 *   listeners: [{ protocol: "tcp", port: 443 }],
 *   dns: { domainName: "example.com", record: "shop" },
 * });
 */
export class AcceleratedService extends Construct {
  /** The accelerated address. */
  public readonly address: AnycastEip;
  /** The load balancer it enters. */
  public readonly clb: InternalClb;
  /** The ordinary EIP, where it was asked for. */
  public readonly plain?: PlainEip;
  /** The VPC, where it was asked for. */
  public readonly vpc?: Vpc;
  /** The vSwitch, where it was asked for. */
  public readonly vswitch?: Vswitch;
  /** The record, where it was asked for. */
  public readonly dnsRecord?: AlidnsRecord;
  /** The alarm, where it was asked for. */
  public readonly alarm?: CmsAlarm;

  public constructor(scope: Construct, id: string, props: AcceleratedServiceProps) {
    super(scope, id);
    checkObject(this, "the settings of an accelerated service", props);
    const { name, tags, resourceGroupId, forEach, provider } = props;
    checkServiceName(this, name);
    checkFlag(this, "compareWithPlainEip", props.compareWithPlainEip);
    checkForEach(this, forEach);
    this.checkProps(props);
    if (props.network !== undefined) {
      const { zoneId, cidr = "10.0.0.0/16", vswitchCidr = "10.0.1.0/24" } = props.network;
      checkNetwork(this, cidr, vswitchCidr);
      checkZone(this, "the zone of the network", zoneId, props.region ?? knownRegion(this, provider));
      const common = { tags: tags === undefined ? undefined : { ...tags }, forEach, provider };
      this.vpc = perKey(new Vpc(this, "vpc", { ...common, vpcName: `${name}-vpc`, cidrBlock: cidr, resourceGroupId }));
      this.vswitch = perKey(
        new Vswitch(this, "vswitch", {
          ...common,
          vswitchName: `${name}-vswitch`,
          vpcId: this.vpc.id,
          cidrBlock: vswitchCidr,
          zoneId,
        }),
      );
    }
    const common = { resourceGroupId, tags, forEach, provider };
    const vswitchId = props.vswitchId ?? (this.vswitch as Vswitch).id;
    this.clb = new InternalClb(this, "clb", { ...common, name: `${name}-clb`, vswitchId, region: props.region });
    for (const listener of props.listeners) this.clb.addListener(listener);
    for (const server of props.servers ?? []) this.clb.addBackend(server);

    this.address = new AnycastEip(this, "address", { ...props.address, ...common, name: `${name}-anycast` });
    this.address.attach(this.clb);
    if (props.compareWithPlainEip === true) {
      this.plain = new PlainEip(this, "plain", { ...common, name: `${name}-plain` });
      this.plain.attach(this.clb);
    }
    if (props.dns !== undefined) {
      this.dnsRecord = addDnsRecord(this, "dns", props.dns, { ipAddress: this.address.ipAddress, forEach, provider });
    }
    if (props.alarm !== undefined) {
      const alarm = { name: `${name}-unhealthy-servers`, loadBalancerId: this.clb.id, forEach, provider };
      this.alarm = addAlarm(this, "alarm", props.alarm, alarm);
    }
  }

  /** The accelerated address, known after it is made. */
  public get ipAddress(): string {
    return this.address.ipAddress;
  }

  private checkProps(props: AcceleratedServiceProps): void {
    const at = this.node.path;
    if ((props.vswitchId === undefined) === (props.network === undefined)) {
      throw new ConstructError(
        "NoNetwork",
        props.network === undefined
          ? `An accelerated service needs \`vswitchId\` or \`network\` (at ${at}). Fix: give the vSwitch that is there, or the network to make.`
          : `\`vswitchId\` and \`network\` exclude each other (at ${at}). Fix: give the vSwitch that is there, or the network to make.`,
      );
    }
    if (props.network !== undefined && typeof (props.network.zoneId as unknown) !== "string") {
      throw new ConstructError(
        "NoNetwork",
        `The network needs a zone (at ${at}). Fix: give \`zoneId\`, e.g. ap-southeast-1a.`,
      );
    }
    if (!Array.isArray(props.listeners) || props.listeners.length === 0) {
      throw new ConstructError(
        "NoListener",
        `An accelerated service needs at least one listener (at ${at}). Fix: say what the service answers on.`,
      );
    }
  }
}

/** @throws ConstructError `InvalidName` */
function checkServiceName(scope: Construct, name: unknown): void {
  if (isUnknown(name)) return;
  checkName(scope, typeof name === "string" ? name : "", "the name of an accelerated service");
}
