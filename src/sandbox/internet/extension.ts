import type { Cloud } from "../cloud/contract";
import { cloudLookup } from "./cloud-lookup";
import { startInternet } from "./start-internet";
import type { Internet, InternetOptions } from "./start-internet";

/** The internet as an extension of a sandbox: `startSandbox({ extensions: [internetOf()] })`. */
export function internetOf(options: Omit<InternetOptions, "lookup"> = {}): (cloud: Cloud) => Promise<Internet> {
  return (cloud) => startInternet({ ...options, lookup: cloudLookup(cloud) });
}
