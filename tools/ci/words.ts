/** Refuses words that are not plain English, in the directories that are clean of them. The glossary is in CONTRIBUTING.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, ROOT, trackedFiles } from "./tracked";

/** Each word that is out, with what to write instead. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bmend(?:s|ed|ing)?\b/i, "fix"],
  [/\banew\b/i, "again"],
  [/\bbeside\b(?!:)/i, "next to, or in addition to"],
  [/\bgrave(?:r|st)\b/i, "more severe"],
  [/\bwho(?:so)?ever\b/i, "anyone who, or the name of what it is"],
  [/\blookers?-on\b/i, "observer"],
  [/\bdearer\b/i, "more expensive"],
  [/\blest\b/i, "so that … not"],
  [/\bstands? in for\b|\bstand-ins?\b/i, "replaces, or the name of what it is"],
  // The testing kit's `judge(plan)` is a name of the interface.
  [/\bjudg(?:es|ed|ing|ements?)\b|\bjudge\b(?! ?[(,:;}"|)])/i, "check, or evaluate"],
  [/\bthe house(?:'s)?\b/i, "the project"],
  [/\b(?:the|these|which|a) rooms?\b|\brooms\b/i, "directory"],
];

/** What is not clean yet. A directory that has been cleaned is removed here; none is added. */
const NOT_YET = /^never$/;
/** Data, and the list of words itself. */
const LEFT_OUT =
  /\.(png|gz|wasm|zip|json|pem|tfplan)$|^(test\/)?tools\/(ci\/words|mutate-policies\/)|^docs\/(rules\/|messages\.md)|^(test\/fixtures|action\/dist|docs\/api)\//;

export interface WordFound {
  readonly word: string;
  readonly instead: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Words of a text that are out. Code in backticks and the paths of imports are left alone.
 * @param isCode whether it is TypeScript or JavaScript, where backticks enclose messages too. @default false
 */
export function wordsIn(text: string, isCode = false): WordFound[] {
  return text.split("\n").flatMap((line, i) => {
    const isComment = !isCode || /^\s*(?:\/\/|\/?\*)|\s\/\/ /.test(line);
    const quoted = isComment ? /`[^`]*`/g : /\\`.*?\\`|\$\{[^}]*\}/g;
    const prose = line.replace(quoted, "").replace(/^import .*|\bfrom "[^"]*"/g, "");
    return WORDS.flatMap(([word, instead]) => {
      const found = word.exec(prose)?.[0];
      return found === undefined ? [] : [{ word: found, instead, line: i + 1 }];
    });
  });
}

if (require.main === module) {
  const problems = trackedFiles()
    .filter((path) => !NOT_YET.test(path) && !LEFT_OUT.test(path))
    .flatMap((path) =>
      wordsIn(readFileSync(join(ROOT, path), "utf8"), /\.[cm]?[jt]s$/.test(path)).map(
        ({ word, instead, line }) =>
          `\`${word}\` is not plain English (at ${path}:${String(line)}). Fix: write ${instead}.`,
      ),
    );
  conclude("words", problems);
}
