/** Keywords that only our own reader of schemas knows; a strict one elsewhere would stumble over them. */
const OWN = new Set(["choiceRule", "patternRule"]);

/** A schema as editors understand it. */
export function withoutOwnKeywords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutOwnKeywords);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !OWN.has(key))
      .map(([key, value]) => [key, withoutOwnKeywords(value)]),
  );
}
