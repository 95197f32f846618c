import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { run } from "../../../../src/core/process";

/** What all jobs of a run find: the repository, artifacts, and the server. */
export interface Hosting {
  /** Path of the git repository that jobs check out. */
  readonly repository: string;
  /** `node_modules` of the project, which `npm ci` puts there. */
  readonly modules: string;
  readonly env: NodeJS.ProcessEnv;
  readonly artifacts: string;
}

/** The disk of one job: empty at its beginning, as a runner's is. */
export class Machine {
  public readonly root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-job-")));
  public readonly workspace = join(this.root, "work");
  private readonly programs = join(this.root, "programs");

  public constructor(private readonly hosting: Hosting) {
    for (const directory of [this.workspace, this.programs, join(this.root, "home")]) mkdirSync(directory);
    this.program("gh", `exec "${process.execPath}" "${join(__dirname, "gh.cjs")}" "$@"`);
    // What the lock file says would come from a registry.
    const npm = `case "$1" in ci) ln -sfn "${hosting.modules}" node_modules; exit ;; esac`;
    this.program("npm", `${npm}\nexec "${join(dirname(process.execPath), "npm")}" "$@"`);
  }

  private program(name: string, script: string): void {
    writeFileSync(join(this.programs, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.programs, name), 0o755);
  }

  public get env(): NodeJS.ProcessEnv {
    return {
      HOME: join(this.root, "home"),
      RUNNER_TEMP: this.root,
      TEST_ARTIFACTS: this.hosting.artifacts,
      PATH: [this.programs, this.hosting.env.PATH ?? process.env.PATH].join(delimiter),
    };
  }

  /** `actions/checkout` */
  public async checkOut(commit: string, depth: string): Promise<void> {
    const git = async (...args: string[]): Promise<void> => {
      const ended = await run("git", args, { cwd: this.workspace });
      if (ended.exitCode !== 0) throw new Error(`git ${args.join(" ")}: ${ended.stderr.toString()}`);
    };
    await git("init", "--quiet");
    await git("remote", "add", "origin", `file://${this.hosting.repository}`);
    const shallow = depth === "0" ? [] : [`--depth=${depth}`];
    await git("fetch", "--quiet", ...shallow, "origin", "+refs/heads/*:refs/remotes/origin/*", commit);
    await git("checkout", "--quiet", "--detach", commit);
  }

  /** `actions/upload-artifact`: without hidden files, unless they are asked for. */
  public upload(input: Readonly<Record<string, string>>): void {
    const from = resolve(this.workspace, input.path!);
    if (!existsSync(from)) {
      if (input["if-no-files-found"] === "error") throw new Error(`No files were found with the path: ${input.path!}`);
      return;
    }
    const to = join(this.hosting.artifacts, input.name!);
    if (existsSync(to) && input.overwrite !== "true") throw new Error(`There is an artifact ${input.name!} already`);
    const hidden = input["include-hidden-files"] === "true";
    cpSync(from, to, {
      recursive: true,
      force: true,
      filter: (path) =>
        hidden ||
        !path
          .slice(from.length)
          .split("/")
          .some((part) => part.startsWith(".")),
    });
  }
}
