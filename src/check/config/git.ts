import { AnycastError } from "../../core/errors";
import { run } from "../../core/process";

/** A git repository, seen from one of its directories. */
export interface Repository {
  /** Absolute path of the root of the checkout, as git writes it. */
  readonly root: string;
  /** The directory asked for, from the root: `""` or `apps/svc/`. */
  readonly prefix: string;
  readonly env: NodeJS.ProcessEnv;
}

/** One entry of a commit's tree. */
export interface TreeEntry {
  /** `100644`, `100755`, `120000` for a link. */
  readonly mode: string;
  readonly object: string;
}

/** @throws AnycastError `NotInRepository`, `ConfigInSubmodule`, `ProgramNotFound` */
export async function repositoryOf(directory: string, env: NodeJS.ProcessEnv): Promise<Repository> {
  const asked = await git(directory, env, [
    "rev-parse",
    "--show-toplevel",
    "--show-prefix",
    "--show-superproject-working-tree",
  ]);
  const [root = "", prefix = "", superproject = ""] = asked.text.split("\n");
  if (asked.exitCode !== 0 || root === "") {
    throw new AnycastError(
      "NotInRepository",
      `--config-from takes settings from a commit, and git found no checkout (at ${directory}): ${asked.problem} Fix: run it in a checkout, or leave --config-from out.`,
    );
  }
  if (superproject !== "") {
    throw new AnycastError(
      "ConfigInSubmodule",
      `${root} is a submodule, and the commit chosen for it would choose the settings. Fix: name the settings of ${superproject} with --config, or run it from there.`,
    );
  }
  return { root, prefix, env };
}

/** The full name of the commit a reference leads to. @throws AnycastError `ConfigRefNotFound` */
export async function commitOf({ root, env }: Repository, ref: string): Promise<string> {
  // A name that starts with - would be read as an option.
  const asked = /^[^-\s][^\s]*$/.test(ref)
    ? await git(root, env, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`])
    : undefined;
  const commit = asked?.text.trim() ?? "";
  if (asked?.exitCode !== 0 || !/^[0-9a-f]{40,64}$/.test(commit)) {
    throw new AnycastError(
      "ConfigRefNotFound",
      `Expected --config-from to be a commit that this checkout holds, got \`${ref}\`. Fix: fetch it first (\`git fetch --depth=1 origin ${ref}\`); with actions/checkout, say \`fetch-depth: 2\` and use \`HEAD^1\`, the base of a pull request.`,
    );
  }
  return commit;
}

/** What a commit holds at these paths; a path that it does not hold is left out. @throws AnycastError `GitFailed` */
export async function entriesAt(
  { root, env }: Repository,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, TreeEntry>> {
  const { stdout } = await answered(root, env, ["ls-tree", "-z", "--full-tree", commit, "--", ...paths]);
  const entries = stdout.toString("utf8").split("\0").filter(Boolean);
  return new Map(
    entries.flatMap((entry) => {
      const [, mode, object, path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
      return mode === undefined || object === undefined || path === undefined ? [] : [[path, { mode, object }]];
    }),
  );
}

/** @throws AnycastError `GitFailed` */
export async function textOf({ root, env }: Repository, { object }: TreeEntry): Promise<string> {
  return (await answered(root, env, ["cat-file", "blob", object])).stdout.toString("utf8");
}

/** Files of this name that a commit holds and the checkout does not. @throws AnycastError `GitFailed` */
export async function removedSince({ root, env }: Repository, commit: string, name: string): Promise<string[]> {
  const pathspec = `:(top,glob)**/${name}`;
  const args = ["diff", "--no-renames", "--diff-filter=D", "--name-only", "-z", commit, "--", pathspec];
  return (await answered(root, env, args)).stdout.toString("utf8").split("\0").filter(Boolean);
}

interface Answer {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly text: string;
  readonly problem: string;
}

async function git(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Answer> {
  const { exitCode, stdout, stderr } = await run("git", args, { cwd, env });
  const problem = (stderr.toString("utf8").trim().split("\n")[0] ?? "").replace(/[.\s]*$/, ".");
  return { exitCode, stdout, text: stdout.toString("utf8"), problem };
}

async function answered(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Answer> {
  const answer = await git(cwd, env, args);
  if (answer.exitCode === 0) return answer;
  throw new AnycastError(
    "GitFailed",
    `\`git ${args[0] ?? ""}\` failed while the settings were looked up: ${answer.problem} Fix: make that command work in ${cwd}.`,
  );
}
