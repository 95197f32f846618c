import type { PlannedInstance } from "../../../src/plan/resolve/evaluate/plan-view";
import { resourceValue } from "../../../src/plan/resolve/evaluate/resource-value";
import { NULL, text, type Value } from "../../../src/plan/resolve/evaluate/value";
import type { ResourceSource } from "../../../src/plan/source/configuration";
import type { Attribute } from "../../../src/plan/source/hcl/ast";

const WRITTEN: Attribute = {
  at: { source: { file: "main.tf", text: "x" }, start: 0, end: 1 } as never,
  expression: () => ({ kind: "null" }) as never,
};

interface Case {
  readonly type?: string;
  readonly name?: string;
  readonly ignored?: readonly string[] | "all";
  readonly instance?: Partial<PlannedInstance>;
  readonly planned?: { readonly after?: unknown; readonly unknown?: unknown };
  /** What the argument's expression gives. */
  readonly gives?: Value;
}

/** What an attribute is, shortly: the text that its argument gives, null, a reference to it, or unknown. */
function attributeOf({ type = "alicloud_slb_load_balancer", name = "vswitch_id", ...rest }: Case): string {
  const { ignored = [], instance = {}, planned = { unknown: true }, gives = text("from the source") } = rest;
  const source: ResourceSource = {
    ...{ count: undefined, forEach: undefined, enabled: undefined, provider: undefined },
    attributes: new Map([
      [name, WRITTEN],
      ["input", WRITTEN],
    ]),
    ignoreChanges: ignored,
    blockTypes: new Set(),
  };
  const made: PlannedInstance = {
    ...{ address: `${type}.x`, key: "", trusted: true, unchanged: false, created: true },
    attribute: () => ({ after: planned.after, unknown: planned.unknown, sensitive: false }),
    ...instance,
  };
  const value = resourceValue(
    type,
    made,
    source,
    (one) => one,
    () => gives,
  ).attribute(name);
  return value.kind === "string" ? value.value : value.kind;
}

const CHANGED = { created: false };
test.each<[string, Case, string]>([
  ["an id of the source", {}, "from the source"],
  ["an id of a provider that the gate does not know", { instance: { trusted: false } }, "ref"],
  ["what is no id", { name: "address" }, "ref"],
  ["an id whose changes are ignored", { ignored: ["vswitch_id"], instance: CHANGED }, "ref"],
  ["an id of a resource all of whose changes are ignored", { ignored: "all", instance: CHANGED }, "ref"],
  ["an id next to one whose changes are ignored", { ignored: ["name"], instance: CHANGED }, "from the source"],
  ["an id whose changes would be ignored, of a new resource", { ignored: ["vswitch_id"] }, "from the source"],
  ["an id that the source sets to null", { gives: NULL }, "unknown"],
  ["what terraform_data stores", { type: "terraform_data", name: "output" }, "from the source"],
  [
    "what terraform_data stores, also where the provider is not known",
    { type: "terraform_data", name: "output", instance: { trusted: false } },
    "from the source",
  ],
  ["null in terraform_data", { type: "terraform_data", name: "output", gives: NULL }, "null"],
  [
    "what terraform_data keeps, since changes of its input are ignored",
    { type: "terraform_data", name: "output", ignored: ["input"], instance: CHANGED },
    "ref",
  ],
  ["the id of terraform_data", { type: "terraform_data", name: "id" }, "ref"],
  ["a planned text", { planned: { after: "planned", unknown: false } }, "planned"],
  ["planned null, which a provider may write otherwise", { planned: { after: null, unknown: false } }, "unknown"],
  [
    "null of a resource to which nothing is done",
    { planned: { after: null, unknown: false }, instance: { unchanged: true } },
    "null",
  ],
  ["an attribute that the plan does not show", { planned: {} }, "unknown"],
])("%s", (_, given, expected) => {
  expect(attributeOf(given)).toBe(expected);
});
