/** Asks one API action and returns its answer's body. */
export type Ask = (
  product: Product,
  action: string,
  region: string,
  query: Readonly<Record<string, string>>,
) => Promise<Record<string, unknown>>;

export type Product = "Slb" | "Eipanycast" | "Vpc" | "Ecs";
