import { existsSync } from "node:fs";
import { join } from "node:path";
import { AnycastError } from "../../src/core/errors";
import { run } from "../../src/core/process";
import type { PullRequest } from "./event";

/**
 * The commit that a pull request is to be merged into, in the checkout: its settings count, and not those of the change.
 * @returns undefined where there is no checkout and no settings: the defaults count then
 * @throws AnycastError `BaseNotFound`
 */
export async function baseOf(
  request: PullRequest,
  directory: string,
  env: NodeJS.ProcessEnv,
  token: string,
): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { exitCode, stdout } = await run("git", args, { cwd: directory, env });
    return exitCode === 0 ? stdout.toString("utf8").trim() : undefined;
  };
  if ((await git("rev-parse", "--show-toplevel")) === undefined) {
    if (!existsSync(join(directory, "anycast.yaml"))) return undefined;
    throw notFound("there is no checkout of the repository");
  }
  // A pull request's checkout is a merge commit; its first parent is the base as it is now.
  const [head, first, second] = ((await git("rev-list", "--parents", "--max-count=1", "HEAD")) ?? "").split(" ");
  if (head === env.GITHUB_SHA && first !== undefined && second === request.headSha && (await has(first))) return first;
  if (await has(request.baseSha)) return request.baseSha;
  await fetchCommit(request.baseSha, directory, env, token);
  if (await has(request.baseSha)) return request.baseSha;
  throw notFound(`the commit ${request.baseSha} is not in the checkout and could not be fetched`);

  async function has(commit: string): Promise<boolean> {
    return (await git("cat-file", "-e", `${commit}^{tree}`)) !== undefined;
  }
}

async function fetchCommit(commit: string, directory: string, env: NodeJS.ProcessEnv, token: string): Promise<void> {
  const server = env.GITHUB_SERVER_URL ?? "https://github.com";
  const secret = Buffer.from(`x-access-token:${token}`).toString("base64");
  // In the environment, because every process can read a command line.
  const credentials =
    token === ""
      ? {}
      : {
          GIT_CONFIG_COUNT: "1",
          GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
          GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${secret}`,
        };
  const args = ["fetch", "--quiet", "--no-tags", "--depth=1", "origin", commit];
  await run("git", args, { cwd: directory, env: { ...env, GIT_TERMINAL_PROMPT: "0", ...credentials } });
}

function notFound(why: string): AnycastError {
  return new AnycastError(
    "BaseNotFound",
    `Settings are taken from the base of the pull request, and ${why}. Fix: give actions/checkout \`fetch-depth: 2\`, or name a commit with the input config-from.`,
  );
}
