import { existsSync, readFileSync } from "node:fs";
import { messageOf } from "../../src/core/errors";
import { commentMarker, isQuiet } from "../../src/report/comment";
import type { Reports, Said } from "./anycast";
import { openApi } from "./comment/api";
import { keepIssue } from "./comment/issue";
import type { Posted } from "./comment/post";
import { postComment } from "./comment/post";
import type { PullRequest } from "./event";
import { redacted } from "./redact";
import type { Runner } from "./runner";

/** What is needed to write comments and issues on GitHub. */
export interface TellScene {
  readonly env: NodeJS.ProcessEnv;
  readonly runner: Runner;
  readonly inputs: { readonly token: string };
  readonly reports: Reports;
  /** The project, from the repository's root. */
  readonly app: string;
  readonly request: PullRequest | undefined;
}

/**
 * Writes a comment or an issue. It is optional: where it cannot be written, the verdict stays, and a warning says why.
 */
export async function tell(scene: TellScene, said: Said, as: "comment" | "issue"): Promise<void> {
  const { env, runner, reports, request, inputs } = scene;
  if (as === "comment" && request === undefined) return;
  if (as === "comment" && request?.isFork === true) {
    const why = "the pull request comes from a fork. The summary of this run has the whole report.";
    return runner.annotate("notice", "anycast", `No comment: ${why}`);
  }
  if (inputs.token === "" || !existsSync(reports.comment)) return;
  try {
    const posted = await post(scene, said, redacted(readFileSync(reports.comment, "utf8"), env), as);
    const { did } = posted;
    const told = posted.did === "nothing" ? WHY[posted.why] : posted.url;
    runner.show(`${as === "issue" ? "Issue" : "Comment"} ${did}: ${told}\n`);
  } catch (thrown) {
    const why = redacted(messageOf(thrown), env);
    const needs = as === "issue" ? "issues: write" : "pull-requests: write";
    runner.annotate(
      "warning",
      "anycast",
      `The ${as} could not be written: ${why}. It takes \`${needs}\`; the summary of this run has the whole report.`,
    );
  }
}

const WHY = { quiet: "nothing changes", stale: "a newer commit was pushed" } as const;

async function post(scene: TellScene, said: Said, body: string, as: "comment" | "issue"): Promise<Posted> {
  const { env, runner, app, request, inputs } = scene;
  const api = await openApi({
    baseUrl: env.GITHUB_API_URL || "https://api.github.com",
    token: inputs.token,
    repository: env.GITHUB_REPOSITORY ?? "",
    log: (text) => runner.showForeign(redacted(text, env)),
  });
  const marker = commentMarker(app);
  if (as === "issue") {
    const title = driftTitle(said);
    const of = app === "" ? "" : ` of ${app}`;
    return keepIssue(api, { marker, body, title: `${title ?? ""}${of}`, isClean: title === undefined });
  }
  return postComment(api, {
    pullRequest: request!.number,
    headSha: request!.headSha,
    marker,
    body,
    isQuiet: said.report !== undefined && isQuiet(said.report),
  });
}

/** The subject of the issue; undefined when nothing is to be done. A failed check says nothing about the cloud. */
export function driftTitle({ verdict, changes }: Pick<Said, "verdict" | "changes">): string | undefined {
  if (Object.values(changes).some((count) => count > 0)) return "The cloud differs from the code";
  if (verdict === "allowed") return undefined;
  return verdict === "denied" ? "The policy refuses what is in the cloud" : "The check for drift failed";
}
