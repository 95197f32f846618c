import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppOnDisk } from "../support/app";
import { deploy, makeApp } from "../support/app";
import { run } from "../../src/core/process";
import { REPOSITORY } from "../support/cloud-project";

jest.setTimeout(180_000);

/** What a killed `terraform init` leaves: the file that says where the state is, begun and not ended. */
const LEFT: readonly (readonly [string, string])[] = [
  ["empty", ""],
  ["cut off", '{\n  "version": 3,\n  "backend": {\n    "type": "loc'],
];

describe("after a terraform init that was killed", () => {
  let app: AppOnDisk;
  beforeEach(() => {
    app = makeApp({ it: { input: "x" } });
  });
  afterEach(() => app.remove());
  const stack = (): string => join(app.root, "cdktf.out/stacks/it");
  const noted = (): string => join(stack(), ".terraform/terraform.tfstate");
  const leave = (content: string): void => {
    mkdirSync(join(stack(), ".terraform/modules"), { recursive: true });
    writeFileSync(noted(), content);
    writeFileSync(join(stack(), ".terraform/modules/modules.json"), content);
  };

  test.each(LEFT)(
    "what it left %s does not block the stack: anycast deploy repairs it and says so",
    async (_what, left) => {
      expect((await deploy(app)).exitCode).toBe(0);
      const state = readFileSync(app.statePath("it"), "utf8");
      leave(left);
      const { exitCode, events } = await deploy(app);
      expect(exitCode).toBe(0);
      const notices = events.flatMap((event) => (event.type === "notice" ? [event.message] : []));
      for (const file of [noted(), join(stack(), ".terraform/modules/modules.json")])
        expect(notices.join("\n")).toContain(`terraform init was killed while it wrote ${file}`);
      expect(JSON.parse(readFileSync(noted(), "utf8"))).toMatchObject({ backend: { type: "local" } });
      expect(readFileSync(app.statePath("it"), "utf8")).toBe(state);
    },
  );

  test.each(LEFT)(
    "what it left %s does not block cdktf, which calls init through anycast-terraform",
    async (_what, left) => {
      expect((await deploy(app)).exitCode).toBe(0);
      leave(left);
      const front = join(REPOSITORY, "bin/anycast-terraform");
      const ended = await run(front, ["init", "-input=false", "-no-color"], { cwd: stack() });
      expect([ended.exitCode, ended.stderr.toString()]).toEqual([
        0,
        expect.stringContaining("terraform init was killed"),
      ]);
      expect(JSON.parse(readFileSync(noted(), "utf8"))).toMatchObject({ backend: { type: "local" } });
      expect((await run(front, ["init", "-input=false"], { cwd: stack() })).stderr.toString()).not.toContain("killed");
      expect(existsSync(app.statePath("it"))).toBe(true);
    },
  );

  test.each(LEFT)("a list of modules that it left %s does not block anycast-terraform", async (_what, left) => {
    const folder = join(app.root, "hcl");
    mkdirSync(join(folder, "inner"), { recursive: true });
    writeFileSync(join(folder, "main.tf"), 'module "m" {\n  source = "./inner"\n}\n');
    writeFileSync(join(folder, "inner/main.tf"), 'resource "terraform_data" "x" {}\n');
    const front = join(REPOSITORY, "bin/anycast-terraform");
    const init = (): ReturnType<typeof run> => run(front, ["init", "-input=false", "-no-color"], { cwd: folder });
    expect((await init()).exitCode).toBe(0);
    const list = join(folder, ".terraform/modules/modules.json");
    const written = readFileSync(list, "utf8");
    writeFileSync(list, left);
    const { exitCode, stderr } = await init();
    expect([exitCode, stderr.toString()]).toEqual([
      0,
      expect.stringContaining("while it wrote .terraform/modules/modules.json"),
    ]);
    expect(JSON.parse(readFileSync(list, "utf8"))).toEqual(JSON.parse(written));
  });
});
