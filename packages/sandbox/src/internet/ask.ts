import type { Body, Params, Product } from "../cloud/contract";

/** One call of the simulated cloud; undefined when the object asked for is not there (any more). */
export type Ask = (product: Product, action: string, params: Params, region: string) => Promise<Body | undefined>;
