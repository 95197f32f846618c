import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/**
 * A directory from the root of the repository it belongs to, with `/` on every system. git is not called.
 * @returns `""` for the root itself, and where there is no repository
 */
export function fromRepositoryRoot(directory: string, env: NodeJS.ProcessEnv): string {
  const from = real(directory);
  const root =
    repositoryAbove(from) ?? [env.GITHUB_WORKSPACE, env.CI_PROJECT_DIR].find((one) => one && contains(real(one), from));
  return root === undefined ? "" : relative(real(root), from).split(sep).join("/");
}

/** The nearest directory upwards with a `.git`; in a worktree and in a submodule that is a file. */
export function repositoryAbove(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, ".git"))) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

export function contains(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way === "" || (!way.startsWith("..") && !/^[A-Za-z]:|^[\\/]/.test(way));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
