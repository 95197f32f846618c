import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../src/core/package-root";
import { isAlive } from "../../src/core/process-identity";
import { shellWord } from "../../src/core/shell-word";

/** The apps the story synthesises, as compiled. */
export const APPS = {
  quickStart: join(PACKAGE_ROOT, "dist", "main.js"),
  internetFacing: join(PACKAGE_ROOT, "dist", "tools", "demo", "internet-facing.js"),
} as const;

/** A CDKTF project of its own, so that the story never touches the state of a real deployment. */
export interface Workspace {
  /** The directory with cdktf.json. */
  readonly project: string;
  /** State directory of the simulated cloud. */
  readonly cloud: string;
  /** Replaces the project's app, as an edit of the code would. */
  useApp(app: string): void;
  /** Terraform's state, byte for byte; `""` before the first apply. */
  readState(): string;
  remove(): void;
}

/**
 * Makes a workspace below `.anycast/demo`, named by this process. What killed runs left there is removed first.
 * @param base directory of all workspaces. @default .anycast/demo in the package
 */
export function makeWorkspace(base = join(PACKAGE_ROOT, ".anycast", "demo")): Workspace {
  mkdirSync(base, { recursive: true });
  for (const name of readdirSync(base)) {
    if (/^\d+$/.test(name) && !isAlive(Number(name))) rmSync(join(base, name), { recursive: true, force: true });
  }
  const own = join(base, String(process.pid));
  rmSync(own, { recursive: true, force: true });
  const project = join(own, "project");
  mkdirSync(project, { recursive: true });
  return {
    project,
    cloud: join(own, "cloud"),
    useApp: (app) => {
      const config = {
        language: "typescript",
        app: `${shellWord(process.execPath)} ${shellWord(app)}`,
        context: { settings: join(PACKAGE_ROOT, "settings.yaml") },
      };
      writeFileSync(join(project, "cdktf.json"), `${JSON.stringify(config, undefined, 2)}\n`);
    },
    readState: () => {
      const states = readdirSync(project).filter((name) => name.endsWith(".tfstate"));
      return states.map((name) => readFileSync(join(project, name), "utf8")).join("\n");
    },
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}
