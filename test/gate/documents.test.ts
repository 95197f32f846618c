import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "./support/evaluate";
import { refuses } from "./support/cases";
import { fixture } from "./support/plan";

const TEXT = readFileSync(join(__dirname, "..", "fixtures", "plans", "internal-vpc.json"), "utf8");

/** An allowed plan's text with something inserted before the first occurrence of `at`. */
function before(at: string, inserted: string): Buffer {
  const i = TEXT.indexOf(at);
  if (i < 0) throw new Error(`Expected the fixture to hold ${at}.`);
  return Buffer.from(TEXT.slice(0, i) + inserted + TEXT.slice(i));
}

const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("bytes that are not a whole plan in UTF-8 JSON are refused with exit code 2", () => {
  test.each<{ title: string; bytes: Uint8Array }>([
    { title: "nothing", bytes: new Uint8Array() },
    { title: "white space", bytes: Buffer.from(" \n\t ") },
    { title: "a NUL byte", bytes: Buffer.from("\u0000") },
    { title: "NUL bytes after the plan", bytes: Buffer.from(`${TEXT}\u0000\u0000`) },
    { title: "a NUL byte inside the plan", bytes: before(`"resource_changes"`, "\u0000") },
    {
      title: "a raw control character inside a string",
      bytes: Buffer.from(TEXT.replace("intranet", "intra\u0001net")),
    },
    { title: "an empty list", bytes: Buffer.from("[]") },
    { title: "a list with the plan inside", bytes: Buffer.from(`[${TEXT}]`) },
    { title: "an empty object", bytes: Buffer.from("{}") },
    { title: "null", bytes: Buffer.from("null") },
    { title: "true", bytes: Buffer.from("true") },
    { title: "a number", bytes: Buffer.from("1") },
    { title: "a string with the plan inside", bytes: Buffer.from(JSON.stringify(TEXT)) },
    { title: "text after the plan", bytes: Buffer.from(`${TEXT}done`) },
    { title: "a log line before the plan", bytes: Buffer.from(`Terraform used the selected providers\n${TEXT}`) },
    { title: "a plan without its last byte", bytes: Buffer.from(TEXT.trimEnd().slice(0, -1)) },
    { title: "half a plan", bytes: Buffer.from(TEXT.slice(0, TEXT.length / 2)) },
    { title: "UTF-16 with a byte order mark", bytes: Buffer.from(`\ufeff${TEXT}`, "utf16le") },
    { title: "UTF-16 without a byte order mark", bytes: Buffer.from(TEXT, "utf16le") },
    { title: "Latin-1", bytes: Buffer.from(TEXT.replace("demo", "démo"), "latin1") },
    { title: "an overlong encoding", bytes: Buffer.concat([before(`"intranet"`, ""), Buffer.from([0xc0, 0xa2])]) },
    { title: "comments", bytes: before(`"resource_changes"`, "/* all is well */") },
    { title: "a trailing comma", bytes: Buffer.from(TEXT.trimEnd().replace(/\}$/, ",}")) },
    { title: "NaN", bytes: before(`"resource_changes"`, `"x": NaN,`) },
    { title: "nesting 100,000 lists deep", bytes: before(`"resource_changes"`, `"x": ${nested(100_000)},`) },
    {
      title: "nesting 100,000 lists deep where a rule reads",
      bytes: Buffer.from(TEXT.replace(/"address_type": "intranet"/g, `"address_type": ${nested(100_000)}`)),
    },
    {
      title: "nesting 100,000 module calls deep",
      bytes: before(
        `"resources": [\n    {\n     "address": "alicloud_eipanycast_anycast_eip_address.a",\n     "mode": "managed",\n     "type": "alicloud_eipanycast_anycast_eip_address",\n     "name": "a",\n     "provider_config_key"`,
        `"module_calls": ${`{"m":{"module":{"module_calls":`.repeat(100_000)}{}${"}}}".repeat(100_000)},`,
      ),
    },
  ])("$title", async ({ bytes }) => {
    const report = await check(bytes);
    expect(report.verdict).toBe("error");
    expect(report.error?.message).toMatch(/\S/);
  });
});

test.each<[string, Buffer]>([
  ["little-endian with a byte order mark", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
  ["little-endian without one", Buffer.from(TEXT, "utf16le")],
  ["big-endian with a byte order mark", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()],
  ["big-endian without one", Buffer.from(TEXT, "utf16le").swap16()],
])("%s, a plan in UTF-16 is named as such, with a command that writes UTF-8", async (_, bytes) => {
  const { error } = await check(bytes);
  expect(error?.code).toBe("PlanNotText");
  expect(error?.message).toMatch(/UTF-16 .* Fix: write it with `cmd \/c "terraform show -json/);
});

describe("a duplicate key in an object is refused, because readers differ in which one they keep", () => {
  test.each<{ title: string; bytes: Uint8Array }>([
    {
      title: "the list of changes, the first of them empty",
      bytes: before(`"resource_changes"`, `"resource_changes": [],`),
    },
    { title: "the address type", bytes: before(`"address_type": "intranet"`, `"address_type": "internet",`) },
    {
      title: "the address type, once with an escape in its name",
      bytes: before(`"address_type": "intranet"`, `"address\\u005ftype": "internet",`),
    },
    { title: "a key that no rule reads", bytes: before(`"load_balancer_name"`, `"load_balancer_name": "x",`) },
    { title: "the format version", bytes: before(`"format_version"`, `"format_version": "2.0",`) },
    { title: "the empty key", bytes: before(`"resource_changes"`, `"x": {"": 1, "": 2},`) },
    {
      title: "one of thousands of keys",
      bytes: before(
        `"resource_changes"`,
        `"x": {${Array.from({ length: 5000 }, (_, i) => `"k${String(i)}": 1`).join(",")}, "k77": 2},`,
      ),
    },
  ])("$title", async ({ bytes }) => {
    const report = await check(bytes);
    expect(report.error?.code).toBe("DuplicateKey");
  });

  test("the same key in two objects is not a duplicate", async () => {
    const report = await check(before(`"resource_changes"`, `"x": [{"k": {"k": 1}}, {"k": 1}],`));
    expect(report.verdict).toBe("allowed");
  });
});

describe("documents that are not a plan, or that wrap one, are refused", () => {
  test.each<{ title: string; document: unknown }>([
    { title: "a state file", document: { version: 4, serial: 1, lineage: "x", resources: [], outputs: {} } },
    {
      title: "a state as terraform show prints it",
      document: { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } },
    },
    { title: "an empty state", document: { format_version: "1.0" } },
    { title: "a provider schema", document: { format_version: "1.0", provider_schemas: {} } },
    { title: "the output of terraform version", document: { terraform_version: "1.11.4", platform: "linux_amd64" } },
    { title: "the output of terraform validate", document: { format_version: "1.0", valid: true, diagnostics: [] } },
    { title: "a plan of Pulumi", document: { steps: [{ op: "create", urn: "urn:pulumi:x" }] } },
    { title: "a CloudFormation change set", document: { Changes: [], ExecutionStatus: "AVAILABLE" } },
    {
      title: "a plan next to a second plan",
      document: { ...fixture("internal-vpc"), plan: fixture("internet-facing") },
    },
    {
      title: "the wrapped plan of HCP Terraform, with a format version on the outside",
      document: { format_version: "1.2", run: {}, plan: fixture("internal-vpc") },
    },
    { title: "a plan without configuration", document: { ...fixture("internal-vpc"), configuration: undefined } },
    { title: "a plan without planned values", document: { ...fixture("internal-vpc"), planned_values: undefined } },
    {
      title: "a plan without terraform's version",
      document: { ...fixture("internal-vpc"), terraform_version: undefined },
    },
  ])("$title", async ({ document }) => {
    const report = await check(document);
    expect(report.verdict).toBe("error");
    expect(report.error?.code).toMatch(/^(NotAPlan|PlanNotJson)$/);
  });
});

describe("an incomplete plan, or one of an unknown format, is refused", () => {
  refuses([
    { title: "made with -target", of: "target-only", edit: () => undefined, by: "plan/complete" },
    { title: "incomplete", edit: (p) => (p.complete = false), by: "plan/complete" },
    { title: "with complete as a string", edit: (p) => (p.complete = "true"), by: "plan/complete" },
    { title: "without the key complete", edit: (p) => delete p.complete, by: "plan/complete" },
    { title: "with errors", edit: (p) => (p.errored = true), by: "plan/complete" },
    { title: "without the key errored", edit: (p) => delete p.errored, by: "plan/complete" },
    {
      title: "with deferred changes",
      edit: (p) => (p.deferred_changes = [{ reason: "unknown" }]),
      by: "plan/complete",
    },
    { title: "with null as deferred changes", edit: (p) => (p.deferred_changes = null), by: "plan/complete" },
    { title: "of format 2.0", edit: (p) => (p.format_version = "2.0"), by: "plan/complete" },
    { title: "of format 0.2", edit: (p) => (p.format_version = "0.2"), by: "plan/complete" },
    { title: "of format 1.2 with a suffix", edit: (p) => (p.format_version = "1.2-beta"), by: "plan/complete" },
    { title: "of format 11.2", edit: (p) => (p.format_version = "11.2"), by: "plan/complete" },
    { title: "of format 1.2 with a line break", edit: (p) => (p.format_version = "1.2\n"), by: "plan/complete" },
    { title: "of format 1x2", edit: (p) => (p.format_version = "1x2"), by: "plan/complete" },
    { title: "without its list of changes", edit: (p) => delete p.resource_changes, by: "plan/complete" },
    {
      title: "without its list of changes, the binding in a module",
      of: "module-output-good",
      edit: (p) => {
        const root = p.configuration.root_module;
        root.module_calls.m.module.resources.push(...root.resources.splice(0));
        delete p.resource_changes;
      },
      by: "plan/complete",
    },
    {
      title: "with changes that are not a list",
      edit: (p) => (p.resource_changes = { ...p.resource_changes }),
      by: "DecisionIncomplete",
    },
    { title: "with a change that is not an object", edit: (p) => p.resource_changes.push("x"), by: "plan/complete" },
    { title: "with a change that is null", edit: (p) => p.resource_changes.push(null), by: "plan/complete" },
    { title: "without a root module", edit: (p) => delete p.configuration.root_module, by: "plan/complete" },
  ]);
});
