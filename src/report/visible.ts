import type { CheckReport } from "../core/check-report";

/**
 * Characters that are misleading or invisible: control characters (ESC starts a terminal's escape sequence), format
 * characters (bidi overrides, zero-width), line separators, lone surrogates, non-characters, fillers, and every space but
 * the ordinary one.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** `##[command]`, `##vso[…]` anywhere in a line and `::command` at its start are commands to build servers. */
const COMMAND_ANYWHERE = /##(?=[\w-]*\[)/g;
const COMMAND_AT_START = /(^| )::(?=[a-z])/gi;

const PLAIN = /^[\x20-\x7e]*$/;
const PLAIN_LINES = /^[\x20-\x7e\n]*$/;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text from a plan that is safe to show: in one line, every hidden character written as its escape, and nothing that a
 * terminal or a build server would execute. A second call changes nothing.
 */
export function visible(text: string): string {
  // Nearly every text is plain, and reports of many bindings have many texts.
  if (PLAIN.test(text) && !text.includes("##") && !text.includes("::")) return text;
  return text.replace(HIDDEN, escaped).replace(COMMAND_ANYWHERE, "#\\u0023").replace(COMMAND_AT_START, "$1:\\u003a");
}

function escaped(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const hex = character.codePointAt(0)!.toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}

/** A report with every text made visible, so that all formats show the same. */
export function visibleReport(report: CheckReport): CheckReport {
  return mapped(report) as CheckReport;
}

/** A value that is visible already, as most are, is not copied. */
function mapped(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(mapped);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  const entries = Object.entries(value);
  const shown = entries.map(([name, item]): [string, unknown] => [visible(name), mapped(item)]);
  const same = shown.every(([name, item], i) => name === entries[i]![0] && item === entries[i]![1]);
  return same ? value : Object.fromEntries(shown);
}

/**
 * JSON in which hidden characters and build server commands are written as JSON escapes: it parses to exactly the same
 * document. Indented by two spaces; ends with a newline.
 */
export function visibleJson(value: unknown): string {
  // JSON.stringify has escaped the control characters inside texts; the line ends that are left are its own.
  const written = JSON.stringify(value, undefined, 2);
  const json = PLAIN_LINES.test(written)
    ? written
    : written.replace(HIDDEN, (character) => (character === "\n" ? character : jsonEscaped(character)));
  return `${json.includes("##") ? json.replace(COMMAND_ANYWHERE, "#\\u0023") : json}\n`;
}

function jsonEscaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
    .join("");
}
