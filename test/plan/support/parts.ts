/** A plan as `terraform show -json` writes it, as far as the gate looks at it. */
export type Json = Record<string, unknown>;

export const PROVIDER = "registry.terraform.io/aliyun/alicloud";
export const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
export const ATTACHMENT = `${ADDRESS}_attachment`;
export const CLB = "alicloud_slb_load_balancer";

/** References as Terraform lists them: from the longest form to the shortest. */
export function refs(...heads: string[]): Json {
  const list: string[] = [];
  for (const head of heads) {
    list.push(head);
    let rest = head;
    for (;;) {
      const shorter = rest.replace(/(\.[a-z_]+|\["[^"]*"\]|\[\d+\])$/, "");
      if (shorter === rest || !/\./.test(shorter)) break;
      if (/^(module|var)\.[^.[]+$/.test(shorter) || /^[a-z_]+\.[^.[]+/.test(shorter)) list.push(shorter);
      rest = shorter;
      if (!/\..*[.[]/.test(rest)) break;
    }
  }
  return { references: list };
}
