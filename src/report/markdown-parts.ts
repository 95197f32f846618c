import type { Finding, SettingsChange } from "../core/check-report";
import { mdSentence } from "./markdown-text";
import { refuses, settingsChangeSentence, standingOf } from "./sentence";

/** What is shown when a reader opens it. @param summary and body are Markdown already */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** That the settings are to change, so that it is not overlooked. */
export const settingsQuote = (change: SettingsChange): string =>
  `> **Settings change.** ${mdSentence(settingsChangeSentence(change))}`;

/** What a finding does; bold where it refuses. */
export function mdStanding(finding: Finding): string {
  const standing = standingOf(finding);
  return refuses(finding) ? `**${standing}**` : standing;
}

/** What refuses comes first: should rows be left out, it is not these. */
export function refusingFirst<T>(all: readonly T[], findingOf: (one: T) => Finding): T[] {
  const isRefusing = (one: T): boolean => refuses(findingOf(one));
  return [...all.filter(isRefusing), ...all.filter((one) => !isRefusing(one))];
}
