export interface Link {
  readonly target: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Inline links, images and reference definitions outside of code. */
export function linksOf(text: string): Link[] {
  return proseOf(text).flatMap((content, i) => {
    const inline = [...content.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
    const defined = [...content.matchAll(/^\s{0,3}\[[^\]]+\]:\s+<?([^\s>]+)/g)];
    return [...inline, ...defined].map(([, target = ""]) => ({ target, line: i + 1 }));
  });
}

/** Anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const line of proseOf(text, false)) {
    const title = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (title === undefined) continue;
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${String(times)}`);
  }
  return anchors;
}

/** The lines, those of code blocks empty; without code spans unless they are wanted. */
function proseOf(text: string, withoutSpans = true): string[] {
  let fence = "";
  return text.split("\n").map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence === "" && mark !== "") {
      fence = mark;
      return "";
    }
    if (fence !== "") {
      if (mark.startsWith(fence)) fence = "";
      return "";
    }
    return withoutSpans ? line.replace(/`[^`]*`/g, "") : line;
  });
}
