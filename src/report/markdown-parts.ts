import type { Finding, SettingsChange } from "../core/check-report";
import { mdSentence } from "./markdown-text";
import { refuses, settingsChangeSentence, findingStatus } from "./sentence";

/** A section that is shown when a reader opens it. @param summary and body are Markdown already */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** A quote that announces changed settings, so that they are not overlooked. */
export const settingsQuote = (change: SettingsChange): string =>
  `> **Settings change.** ${mdSentence(settingsChangeSentence(change))}`;

/** A finding's status; bold where it refuses the plan. */
export function mdStatus(finding: Finding): string {
  const status = findingStatus(finding);
  return refuses(finding) ? `**${status}**` : status;
}

/** Findings that refuse a plan first: if rows are left out, it is none of these. */
export function refusingFirst<T>(all: readonly T[], findingOf: (one: T) => Finding): T[] {
  const isRefusing = (one: T): boolean => refuses(findingOf(one));
  return [...all.filter(isRefusing), ...all.filter((one) => !isRefusing(one))];
}
