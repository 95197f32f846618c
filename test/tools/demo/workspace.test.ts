import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeWorkspace } from "../../../tools/demo/workspace";

let base: string;
beforeEach(() => (base = mkdtempSync(join(tmpdir(), "anycast-demo-"))));
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe("the demonstration's workspace", () => {
  it("is a separate project, whose app can be replaced", () => {
    const workspace = makeWorkspace(base);
    workspace.useApp("/somewhere/it's here.js");
    const { app } = JSON.parse(readFileSync(join(workspace.project, "cdktf.json"), "utf8")) as { app: string };
    const shown = spawnSync("/bin/sh", ["-c", `printf '%s|' ${app}`], { encoding: "utf8" }).stdout;
    expect(shown).toBe(`${process.execPath}|/somewhere/it's here.js|`);
    expect(workspace.readState()).toBe("");
    writeFileSync(join(workspace.project, "terraform.quick-start.tfstate"), "{}");
    expect(workspace.readState()).toBe("{}");
    workspace.remove();
    expect(existsSync(join(base, String(process.pid)))).toBe(false);
  });

  it("removes what killed runs left, and keeps what running ones use", () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    for (const name of [String(dead), String(process.ppid), "notes"])
      mkdirSync(join(base, name, "project"), { recursive: true });
    const stale = makeWorkspace(base);
    writeFileSync(join(stale.project, "old"), "");
    const workspace = makeWorkspace(base);
    expect(existsSync(join(base, String(dead)))).toBe(false);
    expect(existsSync(join(base, String(process.ppid)))).toBe(true);
    expect(existsSync(join(base, "notes"))).toBe(true);
    expect(existsSync(join(workspace.project, "old"))).toBe(false);
  });
});
