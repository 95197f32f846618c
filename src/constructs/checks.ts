import { Token } from "cdktf";
import type { Construct } from "constructs";
import { misuse } from "./errors";
import { ANYCAST_FACTS } from "./facts";

const { name, description, bandwidth_mbps: bandwidth, tags: tagRules } = ANYCAST_FACTS.address;
const NAME = new RegExp(name.pattern);

/** True for a value only terraform will know: it cannot be checked here, and the policy gate checks the plan. */
export function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** @throws ConstructError `InvalidName` */
export function checkName(scope: Construct, value: string | undefined, what = "the name"): void {
  if (value === undefined || isUnknown(value) || NAME.test(value)) return;
  throw misuse({
    code: "InvalidName",
    what,
    rule: name.rule,
    got: value,
    at: scope.node.path,
    fix: "give it a name of that form.",
  });
}

/** @throws ConstructError `InvalidDescription` */
export function checkDescription(scope: Construct, value: string | undefined): void {
  if (value === undefined || isUnknown(value)) return;
  const prefix = description.forbidden_prefixes.find((text) => value.startsWith(text));
  if (value.length <= description.max_length && prefix === undefined) return;
  throw misuse({
    code: "InvalidDescription",
    what: "the description",
    rule: `at most ${description.max_length} characters and not to start with ${description.forbidden_prefixes.join(" or ")}`,
    got: value,
    at: scope.node.path,
    fix: prefix === undefined ? "shorten it." : "start it with a word.",
  });
}

/** @throws ConstructError `InvalidBandwidth` */
export function checkBandwidth(scope: Construct, value: number | undefined): void {
  if (value === undefined || isUnknown(value)) return;
  if (Number.isInteger(value) && value >= bandwidth.min && value <= bandwidth.max) return;
  throw misuse({
    code: "InvalidBandwidth",
    what: "the bandwidth",
    rule: `a whole number of Mbit/s from ${bandwidth.min} to ${bandwidth.max}`,
    got: value,
    at: scope.node.path,
    fix: `leave it out for ${bandwidth.default}, or give a number in that range.`,
  });
}

/** @throws ConstructError `InvalidChoice` */
export function checkChoice(
  scope: Construct,
  what: string,
  value: string | undefined,
  allowed: readonly string[],
): void {
  if (value === undefined || isUnknown(value) || allowed.includes(value)) return;
  throw misuse({
    code: "InvalidChoice",
    what,
    rule: allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(", ")}`,
    got: value,
    at: scope.node.path,
    fix: "use one of these; letter case matters.",
  });
}

/** @throws ConstructError `InvalidTags` */
export function checkTags(scope: Construct, tags: Readonly<Record<string, string>> | undefined): void {
  if (tags === undefined || isUnknown(tags)) return;
  const entries = Object.entries(tags);
  const broken = entries.find(([key, value]) => tagIsBroken(key, value));
  if (broken === undefined && entries.length <= tagRules.max_count) return;
  throw misuse({
    code: "InvalidTags",
    what: broken === undefined ? "the number of tags" : "the tag",
    rule:
      broken === undefined
        ? `at most ${tagRules.max_count}`
        : `a key of 1 to ${tagRules.key_max_length} and a value of at most ${tagRules.value_max_length} characters, neither starting with ${tagRules.forbidden_prefixes.join(" or ")} nor containing ${tagRules.forbidden_texts.join(" or ")}`,
    got: broken === undefined ? entries.length : broken.join("="),
    at: scope.node.path,
    fix: "change or remove it.",
  });
}

function tagIsBroken(key: string, value: string): boolean {
  if (key.length === 0 || key.length > tagRules.key_max_length) return true;
  const texts = isUnknown(value) ? [key] : [key, value];
  if (!isUnknown(value) && value.length > tagRules.value_max_length) return true;
  return texts.some(
    (text) =>
      tagRules.forbidden_prefixes.some((prefix) => text.toLowerCase().startsWith(prefix)) ||
      tagRules.forbidden_texts.some((part) => text.includes(part)),
  );
}
