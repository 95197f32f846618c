import type { ReadTypes } from "../../plan";
import type { PolicyBundle } from "../../policy";

interface Facts {
  readonly anycast: {
    readonly terraform: {
      readonly address: string;
      readonly attachment: string;
      readonly load_balancers: readonly string[];
      readonly load_balancer_data: readonly string[];
      readonly network_interfaces: readonly { readonly type: string }[];
      readonly vswitches: readonly string[];
    };
  };
}

/** The types the policies read, from the facts that ship with them. */
export function readTypes(bundle: PolicyBundle): ReadTypes {
  const terraform = (bundle.data as unknown as Facts).anycast.terraform;
  return {
    managed: new Set([
      terraform.address,
      terraform.attachment,
      ...terraform.load_balancers,
      ...terraform.vswitches,
      ...terraform.network_interfaces.map((one) => one.type),
    ]),
    data: new Set(terraform.load_balancer_data),
  };
}
