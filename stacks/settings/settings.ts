import type { AnycastArea, CloudStateProps, HttpStateProps, OssStateProps, S3StateProps } from "cdktf-alicloud-anycast";

/** One of them is set. Credentials are not among the settings: they come from the environment. */
export interface StateSettings {
  readonly oss?: OssStateProps;
  readonly s3?: S3StateProps;
  readonly http?: HttpStateProps;
  readonly cloud?: CloudStateProps;
}

/** What `settings.yaml` says, with every default filled in. */
export interface Settings {
  /** Region id of the servers and the load balancer, e.g. `ap-southeast-1`. */
  readonly region: string;
  /** Zone id, e.g. `ap-southeast-1a`. @default the first zone that offers load balancers in a VPC */
  readonly zone?: string;
  /** Prefix of every name. */
  readonly name: string;
  /** Id of a resource group, `rg-…`. @default the account's default group */
  readonly resourceGroupId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Where the state is kept; one of these. @default a local file */
  readonly state?: StateSettings;
  readonly network: {
    /** Address block of the VPC. */
    readonly cidr: string;
    /** Address block of the vSwitch, inside the VPC's. */
    readonly vswitchCidr: string;
  };
  readonly servers: {
    readonly count: number;
    /** e.g. `ecs.g7.large`. @default the first type with `cpus` and `memory` */
    readonly instanceType?: string;
    readonly cpus: number;
    /** GiB */
    readonly memory: number;
    /** Regular expression; the newest system image whose name matches is taken. */
    readonly imageName: string;
    readonly diskCategory: string;
  };
  readonly service: {
    readonly protocol: "tcp" | "http";
    /** Port users connect to. */
    readonly port: number;
    /** Port of the application on the servers. */
    readonly serverPort: number;
  };
  readonly plainEip: {
    /** Mbit/s */
    readonly bandwidth: number;
  };
  readonly anycast: {
    /** @default `name` + "-anycast" */
    readonly name?: string;
    readonly area: AnycastArea;
    readonly spec: "Standard";
    readonly internetChargeType: "PayByTraffic";
    readonly paymentType: "PayAsYouGo";
    /** Mbit/s @default decided by the cloud (1000) */
    readonly bandwidth?: number;
    readonly description: string;
    /** Number of addresses; the first one is bound to the load balancer. */
    readonly quantity: number;
  };
}
