import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCloud } from "alicloud-sandbox";
import { run } from "../../src/core/process";
import { REPOSITORY } from "../support/cloud-project";
import type { CreatedType } from "./support/created-types";
import { blockOf, CREATED_TYPES, GROUND, INNER, TOGETHER } from "./support/created-types";

jest.setTimeout(300_000);

const [ANYCAST, FRONT] = ["bin/anycast", "bin/anycast-terraform"].map((path) => join(REPOSITORY, path));
const APPLY = [FRONT!, "apply", "-input=false", "-auto-approve"];

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

let template: string;
let folder: string;

/** Each command has a sandbox of its own on the same cloud, as after a crash of everything. */
async function inSandbox(command: readonly string[], ...faults: readonly string[]): Promise<Ended> {
  const args = ["sandbox", ...faults.flatMap((fault) => ["--fault", fault]), "--", ...command];
  const { exitCode, stdout, stderr } = await run(ANYCAST!, args, { cwd: folder, env: { ...process.env, CI: "1" } });
  return { code: exitCode, text: `${stdout.toString()}\n${stderr.toString()}` };
}
const succeed = async (command: readonly string[]): Promise<string> => {
  const { code, text } = await inSandbox(command);
  expect([code, code === 0 ? "" : text]).toEqual([0, ""]);
  return text;
};
const snapshot = (): ReturnType<typeof readCloud>["snapshot"]["objects"] =>
  readCloud(join(folder, ".anycast/sandbox")).snapshot.objects;
const within = (parent: string, text: string): string => {
  const made = mkdtempSync(join(tmpdir(), "recover-types-"));
  if (parent !== "") cpSync(parent, made, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(made, "main.tf"), text);
  return made;
};

beforeAll(async () => {
  template = folder = within("", GROUND);
  await succeed([FRONT!, "init", "-input=false"]);
  await succeed(APPLY);
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Types to try. ANYCAST_RECOVER_TYPES names others, with commas between them, or `all`. */
const ASKED = process.env.ANYCAST_RECOVER_TYPES ?? "alicloud_slb_acl_entry_attachment,alicloud_slb_rule";
const isAsked = ([type]: CreatedType): boolean => ASKED === "all" || ASKED.split(",").includes(type);

/** It has the id of its load balancer, so that there is always one; it may be an empty one. */
const EVERYWHERE = "alicloud_slb_backend_server";

test.each(CREATED_TYPES.filter(isAsked).map((one) => [one[0], one[1], blockOf(one)] as const))(
  "%s: recover tells whether %s made one before the provider died, and there is one in the end",
  async (type, action, block) => {
    folder = within(template, GROUND + block);
    if (type !== EVERYWHERE) {
      expect((await inSandbox(APPLY, `crash:${action}:before`)).code).not.toBe(0);
      expect(await succeed([ANYCAST!, "recover"])).toContain("nothing is there");
    }
    const before = snapshot();
    expect((await inSandbox(APPLY, `crash:${action}:after`)).code).not.toBe(0);
    const made = snapshot();
    expect(made).not.toEqual(before);
    const next = await inSandbox(APPLY);
    expect([next.code === 0, next.text]).toEqual([false, expect.stringContaining("[StateIncomplete]")]);
    expect(next.text).toContain(`${type}.x`);
    expect(await succeed([ANYCAST!, "recover"])).toContain("it is in the state now");
    expect(snapshot()).toEqual(made);
    await succeed(APPLY);
    expect(snapshot().length).toBe(made.length);
    await succeed([FRONT!, "plan", "-input=false", "-detailed-exitcode"]);
  },
);

test("what comes from a computed key, from an output and from another attribute is found too, once its source is", async () => {
  folder = within(template, GROUND + TOGETHER);
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "inner/main.tf"), INNER);
  await succeed([FRONT!, "init", "-input=false"]);
  expect((await inSandbox(APPLY, "crash:AddAccessControlListEntry:after")).code).not.toBe(0);
  const recovered = await succeed([ANYCAST!, "recover"]);
  expect(recovered).toMatch(/entry_attachment\.x\["[ab]"\]\s+found acl-\w+:10\.9\.0\.0\/16 /);
  await succeed(APPLY);
  const named = snapshot().filter(({ name }) => /^(list|group-of)-/.test(name));
  expect(named.map(({ name }) => name.replace(/acl-[a-z0-9]{6,}/, "ID")).sort()).toEqual([
    "group-of-ID",
    "list-a",
    "list-b",
  ]);
  await succeed([FRONT!, "plan", "-input=false", "-detailed-exitcode"]);
});
