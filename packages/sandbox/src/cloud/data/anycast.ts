/** The limits of the Anycast EIP service: the sandbox's own copy, not shared with the gate. */

export const SERVICE_LOCATIONS = ["international", "ChineseMainland"] as const;
export type ServiceLocation = (typeof SERVICE_LOCATIONS)[number];

const MAINLAND = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-shenzhen",
  "cn-guangzhou",
  "cn-chengdu",
  "cn-qingdao",
  "cn-zhangjiakou",
  "cn-huhehaote",
  "cn-wulanchabu",
  "cn-heyuan",
  "cn-nanjing",
];
const QUICK_START = ["cn-hongkong", "ap-southeast-1", "eu-central-1"];

type RegionLists = Readonly<Record<ServiceLocation, readonly string[]>>;
/** Regions whose instances an address of each service location can be bound to: the ones of the quick start. */
export const QUICK_START_REGIONS: RegionLists = { international: QUICK_START, ChineseMainland: MAINLAND };
/** The same as documented today. */
export const CURRENT_REGIONS: RegionLists = {
  international: [...QUICK_START, "ap-northeast-1", "ap-southeast-3", "eu-west-1", "us-east-1", "us-west-1"],
  ChineseMainland: MAINLAND,
};

/** Access points: where user traffic enters the network. */
export const ACCESS_POINTS: readonly {
  readonly id: string;
  readonly name: string;
  readonly serviceLocation: ServiceLocation;
}[] = [
  { id: "cn-hongkong-pop", name: "China (Hong Kong)", serviceLocation: "international" },
  { id: "ap-southeast-1-pop", name: "Singapore", serviceLocation: "international" },
  { id: "ap-northeast-1-pop", name: "Japan (Tokyo)", serviceLocation: "international" },
  { id: "ap-southeast-3-pop", name: "Malaysia (Kuala Lumpur)", serviceLocation: "international" },
  { id: "ap-southeast-5-pop", name: "Indonesia (Jakarta)", serviceLocation: "international" },
  { id: "ap-southeast-6-pop", name: "Philippines (Manila)", serviceLocation: "international" },
  { id: "ap-southeast-7-pop", name: "Thailand (Bangkok)", serviceLocation: "international" },
  { id: "ap-northeast-2-pop", name: "South Korea (Seoul)", serviceLocation: "international" },
  { id: "me-east-1-pop", name: "UAE (Dubai)", serviceLocation: "international" },
  { id: "eu-central-1-pop", name: "Germany (Frankfurt)", serviceLocation: "international" },
  { id: "eu-west-1-pop", name: "UK (London)", serviceLocation: "international" },
  { id: "us-east-1-pop", name: "US (Virginia)", serviceLocation: "international" },
  { id: "us-west-1-pop", name: "US (Silicon Valley)", serviceLocation: "international" },
  { id: "cn-beijing-pop", name: "China (Beijing)", serviceLocation: "ChineseMainland" },
  { id: "cn-shanghai-pop", name: "China (Shanghai)", serviceLocation: "ChineseMainland" },
  { id: "cn-guangzhou-pop", name: "China (Guangzhou)", serviceLocation: "ChineseMainland" },
  { id: "cn-chengdu-pop", name: "China (Chengdu)", serviceLocation: "ChineseMainland" },
];

export const BIND_INSTANCE_TYPES = ["SlbInstance", "NetworkInterface"] as const;
export const ASSOCIATION_MODES = ["Default", "Normal"] as const;
/** Mbit/s; more than `max` only by a later change, up to `maxModified`. */
export const BANDWIDTH = { min: 200, max: 1000, maxModified: 5000, default: 1000 } as const;
/** 2 to 128 characters, a letter first, then letters, digits, `_` and `-`. */
export const NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_-]{1,127}$/;
/** First bytes of Anycast addresses. */
export const ADDRESS_PREFIXES: Readonly<Record<ServiceLocation, string>> = {
  international: "139.95",
  ChineseMainland: "101.201",
};
