/**
 * Absolute URL of a rule's page, fit for a Markdown link in a table.
 * @param doc path of the page, `""` when the rule has none
 * @param base URL that pages are relative to; without one there is no link
 */
export function docLink(doc: string, base: string | undefined): string | undefined {
  if (doc === "" || base === undefined) return undefined;
  const { href } = new URL(doc, base.endsWith("/") ? base : `${base}/`);
  return href.replace(/[|()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
