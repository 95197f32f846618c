import type { ITerraformIterator, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { SlbBackendServer } from "@cdktf/provider-alicloud/lib/slb-backend-server";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import {
  checkAddress,
  checkChoice,
  checkClbName,
  checkFlag,
  checkId,
  checkResourceGroup,
  checkTags,
  checkWeight,
  checkZone,
} from "./checks";
import { ClbBase } from "./clb-base";
import type { IInternalClb } from "./clb-base";
import { ExistingClb } from "./clb-lookup";
import type { ExistingClbOptions, InternalClbLookupProps } from "./clb-lookup";
import { checkForEach, perKey } from "./for-each";
import { checkGivenRegion, checkInternal, checkSpec, checkSynthesised } from "./internal-clb-checks";
import type { InternalClbProps } from "./internal-clb-props";
import { missingRedirects } from "./listener-redirects";
import { knownRegion, regionOf } from "./region";
import { checkServer, refuseServerTwice } from "./server-checks";
import { checkObject } from "./settings-checks";

/** A server behind a load balancer. */
export interface ClbBackend {
  /** Id of an ECS instance (`i-…`), network interface (`eni-…`) or container group (`eci-…`). */
  readonly serverId: string;
  /** 0 to 100; 0 gets no new connections. @default 100 */
  readonly weight?: number;
  /** @default as the id begins: "eni" for `eni-…`, "eci" for `eci-…`, otherwise "ecs" */
  readonly type?: "ecs" | "eni" | "eci";
}

/**
 * An internal-facing Classic Load Balancer in a VPC: the only kind an Anycast EIP can be bound to. It cannot be declared
 * internet-facing or without a vSwitch, neither by its types nor at run time, nor by an override afterwards.
 * @throws ConstructError `InternetFacing`, `NoVswitch`, `InvalidId`, `InvalidChoice`, `InvalidSpec`, `InvalidName`,
 *   `InvalidAddress`, `InvalidTags`, `RegionOfOtherProvider`, `ZoneOfOtherRegion`, `InvalidIterator`
 * @example
 * const clb = new InternalClb(stack, "clb", { name: "web", vswitchId: vswitch.id });
 * clb.addListener({ protocol: "tcp", port: 80, backendPort: 8080 });
 */
export class InternalClb extends ClbBase {
  /**
   * An existing load balancer, by its id. Terraform reads it when it plans, and refuses one that is missing,
   * internet-facing or in the classic network.
   * @throws ConstructError `InvalidId`
   * @example
   * const clb = InternalClb.fromLoadBalancerId(stack, "clb", "lb-gw8abc");
   */
  public static fromLoadBalancerId(
    scope: Construct,
    id: string,
    loadBalancerId: string,
    options: ExistingClbOptions = {},
  ): IInternalClb {
    return new ExistingClb(scope, id, { ...options, loadBalancerId });
  }

  /**
   * An existing load balancer, by its name, tags or network. Exactly one must be found, internal and in a VPC.
   * @throws ConstructError `NothingToLookFor`, `InvalidId`, `InvalidTags`
   * @example
   * const clb = InternalClb.fromLookup(stack, "clb", { name: "web", tags: { team: "web" } });
   */
  public static fromLookup(scope: Construct, id: string, props: InternalClbLookupProps): IInternalClb {
    return new ExistingClb(scope, id, props);
  }

  /** The resource itself, for settings that this class does not offer. */
  public readonly resource: SlbLoadBalancer;
  /** Region id: the provider's, unless it was given. */
  public readonly region: string;
  private readonly servers: ClbBackend[] = [];
  private backends?: SlbBackendServer;

  public constructor(scope: Construct, id: string, props: InternalClbProps) {
    super(scope, id);
    checkObject(this, "the settings of a load balancer", props);
    checkInternal(this, props);
    checkClbName(this, props.name);
    checkAddress(this, "the private address", props.address);
    checkTags(this, props.tags);
    checkId(this, "the vSwitch", "vsw-", props.vswitchId);
    checkResourceGroup(this, props.resourceGroupId);
    checkFlag(this, "deleteProtection", props.deleteProtection);
    checkForEach(this, props.forEach);
    const instanceChargeType = props.instanceChargeType ?? "PayByCLCU";
    checkChoice(this, "the billing", instanceChargeType, ["PayByCLCU", "PayBySpec"]);
    checkSpec(this, instanceChargeType, props.spec);
    checkGivenRegion(this, props.region, knownRegion(this, props.provider));
    this.region = props.region ?? regionOf(this, props.provider);
    checkZone(this, "the master zone", props.masterZoneId, this.region);
    checkZone(this, "the slave zone", props.slaveZoneId, this.region);
    this.resource = perKey(
      new SlbLoadBalancer(this, "load-balancer", {
        addressType: "intranet",
        vswitchId: props.vswitchId,
        loadBalancerName: props.name,
        instanceChargeType,
        loadBalancerSpec: props.spec,
        address: props.address,
        masterZoneId: props.masterZoneId,
        slaveZoneId: props.slaveZoneId,
        deleteProtection: props.deleteProtection === true ? "on" : "off",
        resourceGroupId: props.resourceGroupId,
        tags: props.tags === undefined ? undefined : { ...props.tags },
        forEach: props.forEach,
        provider: props.provider,
      }),
    );
    this.node.addValidation({ validate: () => [...checkSynthesised(this, this.resource), ...missingRedirects(this)] });
  }

  /** Id of the load balancer, `lb-…`, known after it is made. */
  public get id(): string {
    return this.resource.id;
  }

  /** The private address, known after it is made. */
  public get address(): string {
    return this.resource.address;
  }

  protected get provider(): TerraformProvider | undefined {
    return this.resource.provider;
  }

  protected get forEach(): ITerraformIterator | undefined {
    return this.resource.forEach;
  }

  /**
   * Adds a server behind the load balancer. All servers are one resource, as the provider requires.
   * @throws ConstructError `InvalidId`, `InvalidChoice`, `InvalidWeight`, `ServerTwice`
   */
  public addBackend(server: ClbBackend): SlbBackendServer {
    const type = checkServer(this, server, ["ecs", "eni", "eci"]);
    const weight = server.weight ?? 100;
    checkWeight(this, weight);
    refuseServerTwice(this, this.servers, server);
    this.servers.push({ ...server, weight, type });
    this.backends ??= new SlbBackendServer(this, "backends", {
      loadBalancerId: this.resource.id,
      forEach: this.forEach,
      provider: this.resource.provider,
    });
    this.backends.putBackendServers(
      this.servers.map(({ serverId, weight = 100, type = "ecs" }) => ({ serverId, weight, type })),
    );
    return this.backends;
  }
}
