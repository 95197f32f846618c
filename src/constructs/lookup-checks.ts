import type { Construct } from "constructs";
import { checkId, checkTags, isUnknown } from "./checks";

/** Prefixes of the ids that a look-up accepts. */
const PREFIXES = { vpcId: "vpc-", vswitchId: "vsw-", resourceGroupId: "rg-", instanceId: "i-" } as const;

type Ids = Partial<Record<keyof typeof PREFIXES, string | undefined>>;

/** Whether a value does not narrow the search. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && !isUnknown(value) && Object.keys(value).length === 0;
}

/** @throws ConstructError `InvalidId`, `InvalidTags` */
export function checkLookup(
  scope: Construct,
  { tags, ...wanted }: Ids & { readonly name?: string; readonly tags?: Readonly<Record<string, string>> },
): void {
  for (const key of Object.keys(PREFIXES) as (keyof typeof PREFIXES)[]) {
    if (wanted[key] !== undefined) checkId(scope, `\`${key}\` of the look-up`, PREFIXES[key], wanted[key]);
  }
  checkTags(scope, tags);
}
