import { REGIONS } from "../cloud/data/regions";

/** Names of the token service: one for each region, and one for all. */
export const STS_HOSTS: readonly string[] = ["sts.aliyuncs.com", ...REGIONS.map(({ id }) => `sts.${id}.aliyuncs.com`)];

const known = new Set(STS_HOSTS);
export const isStsHost = (host: string): boolean => known.has(host.toLowerCase());
