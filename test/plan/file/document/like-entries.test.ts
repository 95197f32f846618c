import fc from "fast-check";
import { readDocument } from "../../../../src/plan/file/document/read-document";
import { ScanError } from "../../../../src/plan/file/scan/scan-error";
import type { Json } from "../../../gate/support/plan";
import { FACTS } from "../../support/facts";

const CLB = "alicloud_slb_load_balancer";
const EIP = "alicloud_eipanycast_anycast_eip_address";
/** Entries with as much besides what is read are never taken for an example. */
const LARGE = "x".repeat(17_000);
const SMALL = "x".repeat(100);

/** What is kept of these entries, which are JSON but for `PADDING`, when they are read as they are like each other or one by one. */
function kept(entries: readonly string[], padding: string): unknown {
  const text = `{"resource_changes":[${entries.join(",").replaceAll("PADDING", padding)}]}`;
  try {
    return (readDocument(Buffer.from(text), FACTS) as Json).resource_changes;
  } catch (thrown) {
    if (!(thrown instanceof ScanError)) throw thrown;
    return thrown.problem;
  }
}

function entry(type: string, name: string, key: string, after: Json, edit: Json = {}): Json {
  const address = `${type}.${name}${key}`;
  const unknown = { id: true, vswitch_id: true };
  const change = { actions: ["create"], before: null, after: { ...after, padding: "PADDING" }, after_unknown: unknown };
  return { address, mode: "managed", type, name, provider_name: "registry/p", change, ...edit };
}

const balancer = (after: Json, edit?: Json): string => JSON.stringify(entry(CLB, "a", "", after, edit));

describe("entries that are like each other are read as if each were the only one", () => {
  test.each<[string, string[]]>([
    [
      "their names",
      ["a", "b", "ccc"].map((name) => JSON.stringify(entry(CLB, name, "", { address_type: "intranet" }))),
    ],
    ["their keys", ['["a"]', '["a\\"b"]', "[0]", "[12]", ""].map((key) => JSON.stringify(entry(CLB, "a", key, {})))],
    ["what is read", ["intranet", "internet", "", null, 5, "é"].map((value) => balancer({ address_type: value }))],
    ["what is not read", [1, 2, 3].map((n) => balancer({ other: n, address_type: "intranet" }))],
    [
      "their types",
      [CLB, EIP, CLB, EIP, "alicloud_oss_bucket"].map((type) => JSON.stringify(entry(type, "a", "", {}))),
    ],
    ["their providers", ["p", "registry/p", "p"].map((name) => balancer({}, { provider_name: name }))],
    ["their modes", ["managed", "data", "other", "managed"].map((mode) => balancer({}, { mode }))],
    ["a type that is no text", [balancer({}), balancer({}, { type: 5 }), balancer({}, { type: null })]],
    ["a name that is no text", [balancer({}), balancer({}, { name: 5 }), balancer({}, { name: "b" })]],
    [
      "their modules",
      ["m", "n"].map((m) => balancer({}, { module_address: `module.${m}`, address: `module.${m}.${CLB}.a` })),
    ],
    [
      "addresses that are another's",
      ["a", "b"].map((name) => balancer({ address_type: "intranet" }, { address: `${CLB}.${name}` })),
    ],
    [
      "what is planned after",
      [balancer({}), balancer({}).replace('"before":null', '"before":{"id":"lb-1"}'), balancer({})],
    ],
    [
      "whether anything is planned after",
      ["null", "7", "null"].map((n) => balancer({}).replace(/"after":\{[^}]*\}/, `"after":${n},"note":"PADDING"`)),
    ],
    ["their actions", ["create", "delete", "no-op"].map((word) => balancer({}).replace("create", word))],
    [
      "a number that not all readers read alike",
      ["1", "12345678901234567890"].map((n) => balancer({ n: 1 }).replace(":1,", `:${n},`)),
    ],
  ])("whatever they differ in: %s", (_, entries) => {
    const all = [...entries, ...entries, ...entries];
    const single = kept(all, LARGE);
    expect(JSON.parse(JSON.stringify(kept(all, SMALL)).replaceAll(SMALL, LARGE))).toEqual(single);
  });

  test("in plans of any few kinds of entries", () => {
    const text = fc.constantFrom("a", "b", 'q"q', "é", "");
    const value = fc.oneof(
      text,
      fc.constantFrom(null, true, 1, 1e21, "intranet", "lb-1"),
      fc.array(text, { maxLength: 2 }),
    );
    const after = fc.dictionary(fc.constantFrom("address_type", "id", "vswitch_id", "other", "tags"), value);
    const edits = fc.dictionary(fc.constantFrom("mode", "name", "type", "deposed", "provider_name", "index"), value, {
      maxKeys: 1,
    });
    const one = fc.tuple(fc.constantFrom(CLB, EIP, "alicloud_oss_bucket"), fc.constantFrom("a", "b"), after, edits);
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 12 }), (all) => {
        const entries = all.map(([type, name, attributes, edit]) =>
          JSON.stringify(entry(type, name, "", attributes, edit)),
        );
        const shown = JSON.stringify(kept([...entries, ...entries], SMALL)).replaceAll(SMALL, "");
        expect(shown).toEqual(JSON.stringify(kept([...entries, ...entries], LARGE)).replaceAll(LARGE, ""));
      }),
      { numRuns: 300 },
    );
  });
});
