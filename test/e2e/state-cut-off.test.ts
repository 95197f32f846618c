import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../support/cloud-project";
import type { StackOnDisk } from "../support/project";
import { dataStack, makeStack } from "../support/project";

const KILLER = join(__dirname, "support/killing-terraform.sh");

let stack: StackOnDisk;
afterEach(() => stack.remove());

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** `anycast-terraform apply`; with `who`, these are killed once something is made. */
function apply(who = ""): Ended {
  mkdirSync(join(stack.root, "tmp"), { recursive: true });
  const env = {
    ...process.env,
    TMPDIR: join(stack.root, "tmp"),
    ANYCAST_TERRAFORM: KILLER,
    KILL_STEP: who === "" ? "" : "apply",
    KILL_WHEN: "Creation complete",
    KILL_WHO: who,
    KILL_STATE: stack.statePath,
    KILL_ONCE: join(stack.root, "killed"),
  };
  const args = ["apply", "-auto-approve", "-no-color"];
  const ended = spawnSync(join(REPOSITORY, "bin/anycast-terraform"), args, { cwd: stack.cwd, env, encoding: "utf8" });
  return { code: ended.status, text: ended.stdout + ended.stderr };
}

/** `first`, and then more, slowly. */
const grown = (first: object): object => {
  const { resource, ...rest } = first as { resource: { terraform_data: object } };
  const more = {
    input: "more",
    provisioner: [{ "local-exec": { command: "sleep 0.3" } }],
    depends_on: ["terraform_data.next"],
  };
  return { ...rest, resource: { terraform_data: { ...resource.terraform_data, next: { input: "next" }, more } } };
};

describe("terraform killed while it writes the state file:", () => {
  test.each([
    ["this run restores the last complete version, and says so", "terraform state"],
    ["the next run restores it when the gate was killed too", "gate terraform state"],
  ])("%s", async (_what, who) => {
    stack = await makeStack(dataStack("first"));
    expect(apply().code).toBe(0);
    const before = JSON.parse(readFileSync(stack.statePath, "utf8")) as { lineage: string; serial: number };
    stack.write(grown(dataStack("first")));
    const killed = apply(who);
    const next = who.startsWith("gate") ? apply() : killed;
    expect(next.text).toMatch(
      /killed while it wrote the state of alpha .* The last whole version of it, serial \d+, was put back\./s,
    );
    if (!who.startsWith("gate")) {
      expect(killed.code).toBe(2);
      expect(killed.text).toContain("[TerraformKilled]");
      expect(JSON.parse(readFileSync(stack.statePath, "utf8"))).toMatchObject({ lineage: before.lineage });
      expect(stack.state()).toContain("terraform_data.it");
    }
    expect(apply().code).toBe(0);
    expect(stack.state()!.sort()).toEqual(["terraform_data.it", "terraform_data.more", "terraform_data.next"]);
    expect(JSON.parse(readFileSync(stack.statePath, "utf8"))).toMatchObject({ lineage: before.lineage });
    expect(readdirSync(stack.root).filter((name) => /apply|broken/.test(name))).toEqual([]);
    expect(readdirSync(join(stack.root, "tmp"))).toEqual([]);
  });

  test("without an earlier version there is nothing to restore, and no empty file is left", async () => {
    stack = await makeStack(grown(dataStack("first")));
    const { code, text } = apply("terraform state");
    expect(code).toBe(2);
    expect(text).toContain("It was the first version ever, so there is none to put back; the empty file was removed.");
    expect(existsSync(stack.statePath)).toBe(false);
    expect(apply().code).toBe(0);
    expect(stack.state()).toHaveLength(3);
  });

  test("without terraform's lost output, the record lists the planned creations, which exist only in the state", async () => {
    stack = await makeStack(grown(dataStack("first")));
    apply("gate terraform");
    rmSync(join(stack.root, "tmp"), { recursive: true });
    const next = apply();
    expect([next.code, next.code === 0 ? "" : next.text]).toEqual([0, ""]);
    expect(stack.state()).toHaveLength(3);
  });

  test("a truncated state without a kill is refused as before, and left unchanged", async () => {
    stack = await makeStack(dataStack("first"));
    expect(apply().code).toBe(0);
    truncateSync(stack.statePath, 100);
    expect(apply().text).toContain("[StateEmptied]");
    expect(readFileSync(stack.statePath)).toHaveLength(100);
  });
});
