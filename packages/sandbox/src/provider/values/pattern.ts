/**
 * A regular expression of Go, in which configurations are written, as one of JavaScript.
 * @throws SyntaxError when it is none
 */
export function patternOf(text: string): RegExp {
  const [start = "", flags = ""] = /^\(\?([ims]+)\)/.exec(text) ?? [];
  const named = text.slice(start.length).replaceAll("(?P<", "(?<").replace(/^\\A/, "^").replace(/\\z$/, "$");
  return new RegExp(named, [...new Set(flags)].join(""));
}
