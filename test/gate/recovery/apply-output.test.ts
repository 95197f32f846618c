import { readApplyOutput } from "../../../src/gate/recovery/apply-output";
import { instancesIn } from "../../../src/gate/recovery/instances";

const hook = (type: string, addr: string, more: object = {}): string =>
  JSON.stringify({ type, hook: { resource: { addr }, action: "create", ...more } });
const made = (addr: string, id: string): string => hook("apply_complete", addr, { id_key: "id", id_value: id });

/** As Terraform 1.11.4 prints it, killed after the second line that says "complete". */
const PLAIN = `
\u001b[0m\u001b[1malicloud_vpc.a: Creating...\u001b[0m\u001b[0m
\u001b[0m\u001b[1mmodule.m["x"].alicloud_vswitch.b["q \\"x\\" y: z"]: Creating...\u001b[0m\u001b[0m
\u001b[0m\u001b[1malicloud_slb_load_balancer.c[0]: Creating...\u001b[0m\u001b[0m
\u001b[0m\u001b[1malicloud_vpc.a: Creation complete after 0s [id=vpc-1]\u001b[0m
\u001b[0m\u001b[1malicloud_vpc.old: Destroying... [id=vpc-0]\u001b[0m\u001b[0m
\u001b[0m\u001b[1malicloud_vpc.old: Destruction complete after 1s\u001b[0m
\u001b[0m\u001b[1malicloud_eip.e: Modifying... [id=eip-1]\u001b[0m\u001b[0m
\u001b[0m\u001b[1mmodule.m["x"].alicloud_vswitch.b["q \\"x\\" y: z"]: Creation complete after 1m2s [id=vsw-1:a]\u001b[0m
`;
const JSON_LINES = [
  '{"type":"version","terraform":"1.11.4"}',
  hook("apply_start", "alicloud_vpc.a"),
  hook("apply_start", 'module.m["x"].alicloud_vswitch.b["q \\"x\\" y: z"]'),
  hook("apply_start", "alicloud_slb_load_balancer.c[0]"),
  made("alicloud_vpc.a", "vpc-1"),
  hook("apply_complete", "alicloud_vpc.old", { action: "delete" }),
  hook("apply_start", "alicloud_eip.failed"),
  hook("apply_errored", "alicloud_eip.failed"),
  made('module.m["x"].alicloud_vswitch.b["q \\"x\\" y: z"]', "vsw-1:a"),
  '{"type":"apply_st',
].join("\n");

describe("the output of an apply that was killed", () => {
  test.each([
    ["text", PLAIN],
    ["JSON lines", JSON_LINES],
  ])("as %s gives what was created, with its id, and what was started", (_what, text) => {
    const { created, begun, endedInOrder } = readApplyOutput(text, "");
    expect([...created]).toEqual([
      ["alicloud_vpc.a", "vpc-1"],
      ['module.m["x"].alicloud_vswitch.b["q \\"x\\" y: z"]', "vsw-1:a"],
    ]);
    expect([...begun]).toEqual(["alicloud_slb_load_balancer.c[0]"]);
    expect(endedInOrder).toBe(false);
  });

  test.each([
    ["a final summary", `${PLAIN}\nApply complete! Resources: 3 added, 0 changed, 0 destroyed.\n`, "", true],
    ["an error at the end", PLAIN, "╷\n│ Error: it did not work\n╵\n", true],
    ["an error among JSON lines", `${JSON_LINES}\n{"type":"diagnostic","diagnostic":{"severity":"error"}}`, "", true],
    [
      "a warning among JSON lines",
      `${JSON_LINES}\n{"type":"diagnostic","diagnostic":{"severity":"warning"}}`,
      "",
      false,
    ],
    ["the summary of a plan", '{"type":"change_summary","changes":{"operation":"plan"}}', "", false],
    ["the summary of an apply", '{"type":"change_summary","changes":{"operation":"apply"}}', "", true],
    ["a second interrupt", PLAIN, "Two interrupts received. Exiting immediately.\nError: execution halted\n", false],
    ["a crash", PLAIN, "panic: runtime error\nError: x\n", false],
    ["nothing", "", "", false],
  ])("with %s shows whether the apply ended cleanly", (_what, out, err, expected) => {
    expect(readApplyOutput(out, err).endedInOrder).toBe(expected);
  });

  test("leaves out resources that exist only in the state, because recreating them is harmless", () => {
    const names = ["terraform_data.a", 'module.m.random_id.b["a.b"]', "null_resource.c[1]", "tls_private_key.d"];
    const text = names.flatMap((name) => [hook("apply_start", name), made(name, "x")]).join("\n");
    expect(readApplyOutput(text, "").created.size).toBe(0);
    expect(readApplyOutput(names.map((name) => `${name}: Creating...`).join("\n"), "").begun.size).toBe(0);
  });
});

describe("the resources of a state", () => {
  const resource = (more: object): object => ({ mode: "managed", type: "t", name: "n", instances: [{}], ...more });
  const state = (...resources: object[]): string => JSON.stringify({ version: 4, resources });

  test.each<[string, string, Record<string, string> | undefined]>([
    ["none, from an empty state", "", {}],
    ["unknown, from what is not a state", '{"encrypted_data":"x"}', undefined],
    ["unknown, from a truncated state", '{"resources":[', undefined],
    ["ids", state(resource({ instances: [{ attributes: { id: "i-1" } }] })), { "t.n": "i-1" }],
    ["modules", state(resource({ module: 'module.a["b"]' })), { 'module.a["b"].t.n': "" }],
    [
      "instances with count",
      state(resource({ instances: [{ index_key: 0 }, { index_key: 1 }] })),
      { "t.n[0]": "", "t.n[1]": "" },
    ],
    [
      "keys in terraform's syntax",
      state(resource({ instances: [{ index_key: 'a"${b}%{c}' }] })),
      { 't.n["a\\"$${b}%%{c}"]': "" },
    ],
    ["no data sources", state(resource({ mode: "data" })), {}],
    ["no deposed objects", state(resource({ instances: [{ deposed: "abc" }] })), {}],
  ])("are read: %s", (_what, text, expected) => {
    const found = instancesIn(text);
    expect(found === undefined ? undefined : Object.fromEntries(found)).toEqual(expected);
  });
});
