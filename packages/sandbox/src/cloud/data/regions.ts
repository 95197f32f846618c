/** Regions of the simulated cloud: the sandbox's own copy of the facts. */
export interface RegionFact {
  readonly id: string;
  /** Name as DescribeRegions shows it. */
  readonly name: string;
  /** The three characters that ids of this region start with, e.g. `vpc-j6c…` in Hong Kong. */
  readonly code: string;
  /** First bytes of public addresses handed out in this region. */
  readonly publicPrefix: string;
  /** Zone letters. */
  readonly zones: string;
}

const rows: readonly (readonly [id: string, name: string, code: string, publicPrefix: string, zones: string])[] = [
  ["cn-qingdao", "China (Qingdao)", "m5e", "118.190", "bc"],
  ["cn-beijing", "China (Beijing)", "2ze", "39.96", "cdefghijkl"],
  ["cn-zhangjiakou", "China (Zhangjiakou)", "8vb", "39.98", "abc"],
  ["cn-huhehaote", "China (Hohhot)", "hp3", "39.104", "ab"],
  ["cn-wulanchabu", "China (Ulanqab)", "0jl", "8.130", "abc"],
  ["cn-hangzhou", "China (Hangzhou)", "bp1", "47.96", "bghijk"],
  ["cn-shanghai", "China (Shanghai)", "uf6", "47.100", "abefglmn"],
  ["cn-nanjing", "China (Nanjing - Local Region)", "gc7", "121.41", "a"],
  ["cn-fuzhou", "China (Fuzhou - Local Region)", "gw0", "121.43", "a"],
  ["cn-zhongwei", "China (Zhongwei)", "0nz", "8.141", "a"],
  ["cn-shenzhen", "China (Shenzhen)", "wz9", "47.106", "cdef"],
  ["cn-heyuan", "China (Heyuan)", "f8z", "47.113", "ab"],
  ["cn-guangzhou", "China (Guangzhou)", "7xv", "8.134", "ab"],
  ["cn-chengdu", "China (Chengdu)", "2vc", "47.108", "ab"],
  ["cn-hongkong", "China (Hong Kong)", "j6c", "47.242", "bcd"],
  ["ap-northeast-1", "Japan (Tokyo)", "6we", "47.245", "abc"],
  ["ap-northeast-2", "South Korea (Seoul)", "mj7", "8.213", "ab"],
  ["ap-southeast-1", "Singapore", "t4n", "47.236", "abc"],
  ["ap-southeast-2", "Australia (Sydney)", "p0w", "47.91", "ab"],
  ["ap-southeast-3", "Malaysia (Kuala Lumpur)", "8ps", "47.250", "abc"],
  ["ap-southeast-5", "Indonesia (Jakarta)", "k1a", "147.139", "abc"],
  ["ap-southeast-6", "Philippines (Manila)", "5ts", "8.212", "ab"],
  ["ap-southeast-7", "Thailand (Bangkok)", "0jo", "8.214", "ab"],
  ["ap-southeast-8", "Malaysia (Johor)", "0qr", "8.219", "ab"],
  ["ap-south-1", "India (Mumbai)", "a2d", "147.139", "ab"],
  ["us-east-1", "US (Virginia)", "0xi", "47.90", "ab"],
  ["us-west-1", "US (Silicon Valley)", "rj9", "47.254", "ab"],
  ["us-southeast-1", "US (Atlanta)", "0ua", "8.222", "a"],
  ["na-south-1", "Mexico", "4vi", "8.208", "a"],
  ["eu-west-1", "UK (London)", "d7o", "8.208", "ab"],
  ["eu-central-1", "Germany (Frankfurt)", "gw8", "8.209", "abc"],
  ["rus-west-1", "Russia (Moscow)", "n4z", "8.216", "a"],
  ["me-east-1", "UAE (Dubai)", "eb3", "47.91", "a"],
  ["me-central-1", "SAU (Riyadh)", "l4v", "8.213", "ab"],
  ["cn-north-2-gov-1", "China North 2 Ali Gov 1", "2zf", "39.97", "ab"],
  ["cn-shenzhen-finance-1", "China South 1 Finance", "jv6", "47.107", "de"],
  ["cn-szfinance", "China South 1 Finance (classic)", "jv7", "47.112", "a"],
  ["cn-shenzhen-finance", "China South 1 Finance (old)", "jv8", "47.115", "a"],
  ["cn-shanghai-finance-1-pub", "China East 2 Finance (public)", "uf8", "47.102", "ab"],
  ["cn-shanghai-finance-1", "China East 2 Finance", "uf7", "47.101", "fgk"],
  ["cn-hangzhou-finance", "China East 1 Finance", "bp2", "47.97", "bcd"],
  ["cn-hzfinance", "China East 1 Finance (classic)", "bp3", "47.98", "a"],
  ["cn-hzjbp", "China East 1 Finance (jbp)", "bp4", "47.99", "ab"],
  ["cn-beijing-finance-1", "China North 2 Finance", "2zd", "39.99", "kl"],
  ["cn-beijing-finance-1-pub", "China North 2 Finance (public)", "2zc", "39.100", "ab"],
];

export const REGIONS: readonly RegionFact[] = rows.map(([id, name, code, publicPrefix, zones]) => ({
  id,
  name,
  code,
  publicPrefix,
  zones,
}));

const byId = new Map(REGIONS.map((region) => [region.id, region]));

export function regionFact(id: string): RegionFact | undefined {
  return byId.get(id);
}

/** Zone ids of a region: `cn-hongkong-b`, but `eu-central-1a` where the region id ends with a digit. */
export function zonesOf(region: RegionFact): readonly string[] {
  const joint = /\d$/.test(region.id) && !region.id.startsWith("cn-") ? "" : "-";
  return [...region.zones].map((letter) => `${region.id}${joint}${letter}`);
}
