/** The key of an instance in a Terraform address: `[0]`, `["a.b"]`. */
const KEY = /\[(\d+|"(\\.|[^"\\])*")\]/g;

/** A Terraform address, or a text with several, without the keys of instances. */
export function withoutKeys(address: string): string {
  return address.replace(KEY, "");
}
