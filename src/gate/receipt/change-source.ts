import { spawnSync } from "node:child_process";

/** The change of the code that was checked. */
export interface ChangeSource {
  /** Commit, as the build server or git names it. */
  readonly commit?: string;
  /** Number of the pull or merge request. */
  readonly pullRequest?: string;
}

const GIT_TIMEOUT_MS = 3_000;

/**
 * The commit and the pull request of a run: from the variables of GitHub or GitLab, otherwise the commit from git.
 * @param directory in the repository. @default git is not called
 */
export function changeSource(env: NodeJS.ProcessEnv, directory?: string): ChangeSource {
  const named = env.GITHUB_SHA || env.CI_COMMIT_SHA || undefined;
  const commit = named ?? (directory === undefined ? undefined : commitIn(directory, env));
  const pullRequest = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1] ?? (env.CI_MERGE_REQUEST_IID || undefined);
  return {
    ...(commit === undefined || !/^[0-9a-f]{7,64}$/.test(commit) ? {} : { commit }),
    ...(pullRequest === undefined || !/^\d+$/.test(pullRequest) ? {} : { pullRequest }),
  };
}

function commitIn(directory: string, env: NodeJS.ProcessEnv): string | undefined {
  const { ANYCAST_RECEIPT_KEY: _key, ANYCAST_RECEIPT_KEY_FILE: _file, ...rest } = env;
  const asked = spawnSync("git", ["rev-parse", "HEAD"], { cwd: directory, env: rest, timeout: GIT_TIMEOUT_MS });
  return asked.status === 0 ? asked.stdout.toString("utf8").trim() : undefined;
}

/** As text: ` of commit abc1234 (pull request 12)`; empty where nothing is known. */
export function changeSourceText({ commit, pullRequest }: ChangeSource): string {
  const request = pullRequest === undefined ? "" : `pull request ${pullRequest}`;
  if (commit === undefined) return request === "" ? "" : ` of ${request}`;
  return ` of commit ${commit.slice(0, 12)}${request === "" ? "" : ` (${request})`}`;
}
