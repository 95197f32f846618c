import { expectationError } from "../core/errors";
import type * as Rules from "../check/rules";
import type { Format, RenderOptions } from "../report";
import { versionOfPackage } from "../core/package-version";

/**
 * What the formats need in addition to the report. The rules' prose is read only for the format that shows it.
 * @param directory where the report's paths start, from the repository's root
 * @throws AnycastError `DocsUrlInvalid`
 */
export function renderOptions(
  docsUrl: string | undefined,
  formats: readonly Format[],
  directory: string,
  env: NodeJS.ProcessEnv,
): RenderOptions {
  const comment = formats.includes("comment") ? { comment: commentOf(env) } : {};
  const links = { directory, ...comment, ...(docsUrl === undefined ? {} : { docsUrl: webUrl(docsUrl) }) };
  if (!formats.includes("sarif")) return links;
  const { listRules } = require("../check/rules") as typeof Rules;
  return { ...links, rules: listRules(), version: versionOfPackage() };
}

/** The commit and the run that a comment names, from the variables of GitHub or GitLab. */
function commentOf(env: NodeJS.ProcessEnv): NonNullable<RenderOptions["comment"]> {
  // GITHUB_SHA of a pull request is a merge that was never pushed; the action sets the head.
  const commit = env.ANYCAST_HEAD_SHA || env.CI_COMMIT_SHA || env.GITHUB_SHA;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  const runUrl = server && repository && run ? `${server}/${repository}/actions/runs/${run}` : env.CI_JOB_URL;
  return {
    ...(commit && /^[0-9a-f]{7,64}$/.test(commit) ? { commit } : {}),
    ...(runUrl && URL.canParse(runUrl) ? { runUrl } : {}),
  };
}

function webUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.href;
  throw expectationError("DocsUrlInvalid", {
    what: "the address of the rules' pages",
    rule: "an http or https URL",
    got: text,
    at: "--docs-url",
    fix: "name the directory that holds docs/rules, e.g. https://example.com/anycast/.",
  });
}
