import { messageOf } from "../../core/errors";
import type { SettingsChange } from "../../core/check-report";
import type { RuleMetadata } from "../../policy";
import type { Config, Waiver } from "./load";
import { parseConfig } from "./load";

/** Longest value shown of a setting, in characters. */
const SHOWN = 100;

/**
 * How the settings of a checkout differ from those of a commit, file by file.
 * @param before texts by path, as the commit holds them
 * @param after texts by path, as the checkout holds them
 */
export function settingsChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  rules: readonly RuleMetadata[],
): SettingsChange[] {
  const files = [...new Set([...before.keys(), ...after.keys()])].sort();
  return files.flatMap((file) => {
    const [old, now] = [before.get(file), after.get(file)];
    if (old === now) return [];
    const change = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    return [{ file, change, details: detailsOf(old, now, file, rules) }];
  });
}

function detailsOf(
  old: string | undefined,
  now: string | undefined,
  file: string,
  rules: readonly RuleMetadata[],
): string[] {
  try {
    const [was, is] = [old, now].map((text) => (text === undefined ? {} : parseConfig(text, file, rules).config));
    const details = [...waiverDetails(was!, is!), ...otherDetails(was!, is!)];
    return details.length === 0 ? ["comments and layout only"] : details;
  } catch (thrown) {
    return [`not readable: ${messageOf(thrown)}`];
  }
}

const keyOf = (waiver: Waiver): string => JSON.stringify([waiver.rule, waiver.address, waiver.owner, waiver.expires]);

function waiverDetails(was: Config, is: Config): string[] {
  const [old, now] = [was.waivers ?? [], is.waivers ?? []].map((list) => new Map(list.map((one) => [keyOf(one), one])));
  const sentence = (word: string, { rule, address, owner, expires }: Waiver): string =>
    `waiver ${word}: \`${rule}\` for \`${address}\`, owner \`${owner}\`, until ${expires}`;
  return [
    ...[...now!].filter(([key]) => !old!.has(key)).map(([, waiver]) => sentence("added", waiver)),
    ...[...old!].filter(([key]) => !now!.has(key)).map(([, waiver]) => sentence("removed", waiver)),
  ];
}

function otherDetails(was: Config, is: Config): string[] {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => key !== "waivers").sort();
  return keys.flatMap((key) => {
    const [old, now] = [was, is].map((config) => shown((config as Record<string, unknown>)[key]));
    return old === now ? [] : [`\`${key}\`: ${old!} -> ${now!}`];
  });
}

function shown(value: unknown): string {
  if (value === undefined) return "default";
  const text = JSON.stringify(value).replace(/`/g, "'");
  return `\`${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}\``;
}
