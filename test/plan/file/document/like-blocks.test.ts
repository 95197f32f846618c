import fc from "fast-check";
import { readDocument } from "../../../../src/plan/file/document/read-document";
import type { Json } from "../../../gate/support/plan";
import { FACTS } from "../../support/facts";

const CLB = "alicloud_slb_load_balancer";
const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment";
const OTHER = "alicloud_oss_bucket";
/** Blocks with as much besides what is read are never taken for an example. */
const LARGE = "x".repeat(17_000);
const SMALL = "x".repeat(150);

/** What is kept of these blocks, in a module and once more in a module within. */
function kept(blocks: readonly Json[], padding: string): unknown {
  const resources = blocks.map((block) => ({ ...block, padding }));
  const root_module = { resources, module_calls: { m: { module: { resources } } } };
  return readDocument(Buffer.from(JSON.stringify({ configuration: { root_module } })), FACTS);
}

function block(type: string, edit: Json = {}): Json {
  const expressions = {
    bind_instance_id: { references: [`${CLB}.a.id`, `${CLB}.a`] },
    vswitch_id: { constant_value: "v" },
  };
  return { mode: "managed", type, name: "a", provider_config_key: "alicloud", expressions, ...edit };
}

describe("blocks that are like each other are read as if each were the only one", () => {
  test.each<[string, Json[]]>([
    ["their names", ["a", "b", "ccc", 'q"q'].map((name) => block(CLB, { name }))],
    ["their types", [CLB, ATTACHMENT, OTHER, CLB].map((type) => block(type))],
    ["types that no rule reads", [OTHER, "alicloud_vpc", "é"].map((type) => block(type))],
    ["a type that is no text", [block(CLB), block(CLB, { type: 5 }), block(OTHER)]],
    ["their modes", ["managed", "data", 5].map((mode) => block(CLB, { mode }))],
    ["a name that is no text", [block(CLB), block(CLB, { name: null }), block(CLB, { name: true })]],
    [
      "their references",
      ["a", "b.c", ""].map((id) => block(ATTACHMENT, { expressions: { bind_instance_id: { references: [id] } } })),
    ],
    [
      "which of their values",
      ["a", 1, null].map((v) => block(CLB, { expressions: { vswitch_id: { constant_value: v } } })),
    ],
    ["expressions that are none", [{}, 5, null, []].map((expressions) => block(CLB, { expressions }))],
    ["what repeats them", [1, 2, "x"].map((n) => block(CLB, { count_expression: { constant_value: n } }))],
  ])("whatever they differ in: %s", (_, blocks) => {
    const all = [...blocks, ...blocks, ...blocks];
    expect(JSON.parse(JSON.stringify(kept(all, SMALL)).replaceAll(SMALL, LARGE))).toEqual(kept(all, LARGE));
  });

  test("in any order of their members", () => {
    const one = fc.tuple(fc.constantFrom(CLB, ATTACHMENT, OTHER), fc.constantFrom("a", "b", "long name"), fc.boolean());
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 10 }), (all) => {
        const blocks = all.map(([type, name, isTurned]) => {
          const members = Object.entries(block(type, { name }));
          return Object.fromEntries(isTurned ? members.reverse() : members);
        });
        const twice = [...blocks, ...blocks];
        const shown = JSON.stringify(kept(twice, SMALL)).replaceAll(SMALL, "");
        expect(shown).toEqual(JSON.stringify(kept(twice, LARGE)).replaceAll(LARGE, ""));
      }),
      { numRuns: 200 },
    );
  });
});
