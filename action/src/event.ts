import { readFileSync } from "node:fs";
import { isRecord } from "../../src/core/is-record";

/** The pull request that a run is for. */
export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  /** Its branch is in another repository, whose authors may not write here. */
  readonly isFork: boolean;
}

/** @returns undefined where the run is for no pull request */
export function pullRequestOf(env: NodeJS.ProcessEnv): PullRequest | undefined {
  const path = env.GITHUB_EVENT_PATH;
  if (path === undefined || path === "") return undefined;
  const event: unknown = JSON.parse(readFileSync(path, "utf8"));
  const request = isRecord(event) ? event.pull_request : undefined;
  if (!isRecord(request) || !isRecord(request.head) || !isRecord(request.base)) return undefined;
  const { number, head, base } = request;
  const repo = isRecord(head.repo) ? head.repo.full_name : undefined;
  if (typeof number !== "number" || typeof head.sha !== "string" || typeof base.sha !== "string") return undefined;
  return { number, headSha: head.sha, baseSha: base.sha, isFork: repo !== env.GITHUB_REPOSITORY };
}
