import { expectationError } from "../core/errors";
import type * as Rules from "../check/rules";
import type { Format, RenderOptions } from "../report";
import { versionOfPackage } from "./version";

/**
 * What the formats need in addition to the report. The rules' prose is read only for the format that shows it.
 * @param directory where the report's paths start, from the repository's root
 * @throws AnycastError `DocsUrlInvalid`
 */
export function renderOptions(
  docsUrl: string | undefined,
  formats: readonly Format[],
  directory: string,
): RenderOptions {
  const links = { directory, ...(docsUrl === undefined ? {} : { docsUrl: webUrl(docsUrl) }) };
  if (!formats.includes("sarif")) return links;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { listRules } = require("../check/rules") as typeof Rules;
  return { ...links, rules: listRules(), version: versionOfPackage() };
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
