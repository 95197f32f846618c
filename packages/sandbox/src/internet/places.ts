/**
 * Where things are on the simulated internet. Latency follows from distance: light in fibre needs one millisecond
 * for about 204 km, and no cable runs straight. The two detour factors are what makes the public internet and a
 * provider's own backbone differ; with them London to Singapore takes about 180 ms and 145 ms there and back, which
 * is what measurements show. The figures are typical values, not guarantees.
 */
export interface Place {
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
}

const at = (latitude: number, longitude: number): Place => ({ latitude, longitude });

/** Where the simulated user may sit. */
export const USER_LOCATIONS = {
  london: at(51.5, -0.1),
  "hong-kong": at(22.3, 114.2),
  frankfurt: at(50.1, 8.7),
  paris: at(48.9, 2.4),
  singapore: at(1.35, 103.8),
  tokyo: at(35.7, 139.7),
  sydney: at(-33.9, 151.2),
  mumbai: at(19.1, 72.9),
  dubai: at(25.2, 55.3),
  johannesburg: at(-26.2, 28.0),
  "sao-paulo": at(-23.5, -46.6),
  "new-york": at(40.7, -74.0),
  "los-angeles": at(34.1, -118.2),
  virginia: at(39.0, -77.5),
} as const satisfies Record<string, Place>;

export type UserLocation = keyof typeof USER_LOCATIONS;

/** The user this project's story is about. */
export const DEFAULT_USER: UserLocation = "london";

/** Where the regions' data centres are. */
export const REGIONS: Readonly<Record<string, Place>> = {
  "cn-hongkong": at(22.3, 114.2),
  "ap-southeast-1": at(1.35, 103.8),
  "ap-southeast-2": at(-33.9, 151.2),
  "ap-southeast-3": at(3.1, 101.7),
  "ap-southeast-5": at(-6.2, 106.8),
  "ap-southeast-6": at(14.6, 121.0),
  "ap-southeast-7": at(13.8, 100.5),
  "ap-southeast-8": at(1.5, 103.7),
  "ap-northeast-1": at(35.7, 139.7),
  "ap-northeast-2": at(37.6, 127.0),
  "ap-south-1": at(19.1, 72.9),
  "eu-central-1": at(50.1, 8.7),
  "eu-west-1": at(51.5, -0.1),
  "us-east-1": at(39.0, -77.5),
  "us-west-1": at(37.4, -122.0),
  "us-southeast-1": at(33.7, -84.4),
  "na-south-1": at(20.6, -100.4),
  "rus-west-1": at(55.8, 37.6),
  "me-east-1": at(25.2, 55.3),
  "me-central-1": at(24.7, 46.7),
  "cn-hangzhou": at(30.3, 120.2),
  "cn-shanghai": at(31.2, 121.5),
  "cn-beijing": at(39.9, 116.4),
  "cn-qingdao": at(36.1, 120.4),
  "cn-zhangjiakou": at(40.8, 114.9),
  "cn-huhehaote": at(40.8, 111.7),
  "cn-wulanchabu": at(41.0, 113.1),
  "cn-shenzhen": at(22.5, 114.1),
  "cn-heyuan": at(23.7, 114.7),
  "cn-guangzhou": at(23.1, 113.3),
  "cn-chengdu": at(30.7, 104.1),
  "cn-nanjing": at(32.1, 118.8),
  "cn-fuzhou": at(26.1, 119.3),
  "cn-zhongwei": at(37.5, 105.2),
  "cn-north-2-gov-1": at(39.9, 116.4),
  "cn-beijing-finance-1": at(39.9, 116.4),
  "cn-beijing-finance-1-pub": at(39.9, 116.4),
  "cn-shenzhen-finance-1": at(22.5, 114.1),
  "cn-shenzhen-finance": at(22.5, 114.1),
  "cn-szfinance": at(22.5, 114.1),
  "cn-shanghai-finance-1": at(31.2, 121.5),
  "cn-shanghai-finance-1-pub": at(31.2, 121.5),
  "cn-hangzhou-finance": at(30.3, 120.2),
  "cn-hzfinance": at(30.3, 120.2),
  "cn-hzjbp": at(30.3, 120.2),
};

/** An access point is where the region it is named after is, e.g. `eu-west-1-pop` in London. */
export function placeOfAccessPoint(id: string): Place | undefined {
  const region = id.replace(/-pop$/, "");
  return Object.hasOwn(REGIONS, region) ? REGIONS[region] : undefined;
}
