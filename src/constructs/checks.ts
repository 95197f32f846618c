import { isIPv4 } from "node:net";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { asTyped, misuse } from "./errors";
import { ANYCAST_FACTS } from "./facts";

const { name, description, tags: tagRules } = ANYCAST_FACTS.address;
const NAME = new RegExp(name.pattern);

/**
 * True for a value that only terraform will know, a token or a text with `${…}`: it cannot be checked here, and the
 * policy gate checks the plan.
 */
export function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && /(^|[^$])(\$\$)*[$%]\{/.test(value));
}

/** @throws ConstructError `InvalidName` */
export function checkName(scope: Construct, value: string | undefined, what = "the name"): void {
  if (value === undefined || isUnknown(value) || (typeof value === "string" && NAME.test(value))) return;
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
  const isText = typeof value === "string";
  const prefix = isText ? description.forbidden_prefixes.find((text) => value.startsWith(text)) : undefined;
  if (isText && value.length <= description.max_length && prefix === undefined) return;
  throw misuse({
    code: "InvalidDescription",
    what: "the description",
    rule: `at most ${description.max_length} characters and not to start with ${description.forbidden_prefixes.join(" or ")}`,
    got: value,
    at: scope.node.path,
    fix: !isText ? "give a text." : prefix === undefined ? "shorten it." : "start it with a word.",
  });
}

/** @throws ConstructError `InvalidBandwidth` */
export function checkBandwidth(
  scope: Construct,
  value: number | undefined,
  bandwidth: Readonly<Record<"min" | "max" | "default", number>> = ANYCAST_FACTS.address.bandwidth_mbps,
): void {
  if (value === undefined || isUnknown(value)) return;
  if (Number.isInteger(value) && value >= bandwidth.min && value <= bandwidth.max) return;
  throw misuse({
    code: "InvalidBandwidth",
    what: "the bandwidth",
    rule: `a whole number of Mbit/s from ${bandwidth.min} to ${bandwidth.max}`,
    got: asTyped(value),
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
  const given: unknown = tags;
  const isMap = typeof given === "object" && given !== null && !Array.isArray(given);
  const entries = isMap ? Object.entries(tags) : [];
  const untyped = entries.find(([, value]) => typeof value !== "string" && !isUnknown(value));
  if (!isMap || untyped !== undefined) {
    throw misuse({
      code: "InvalidTags",
      what: untyped === undefined ? "the tags" : `the value of the tag ${untyped[0]}`,
      rule: untyped === undefined ? "an object of keys and values" : "a text",
      got: untyped === undefined ? given : untyped[1],
      at: scope.node.path,
      fix: 'write tags: { team: "web" }.',
    });
  }
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

/** @throws ConstructError `InvalidPort` */
export function checkPort(scope: Construct, what: string, port: number): void {
  if (isUnknown(port) || (Number.isInteger(port) && port >= 1 && port <= 65_535)) return;
  throw misuse({
    code: "InvalidPort",
    what,
    rule: "a whole number from 1 to 65535",
    got: asTyped(port),
    at: scope.node.path,
    fix: "give a port in that range.",
  });
}

/** @throws ConstructError `InvalidWeight` */
export function checkWeight(scope: Construct, weight: number): void {
  if (isUnknown(weight) || (Number.isInteger(weight) && weight >= 0 && weight <= 100)) return;
  throw misuse({
    code: "InvalidWeight",
    what: "the weight",
    rule: "a whole number from 0 to 100",
    got: asTyped(weight),
    at: scope.node.path,
    fix: "give a weight in that range; servers with 0 get no new connections.",
  });
}

/** The id of a resource group, where one is given. @throws ConstructError `InvalidId` */
export function checkResourceGroup(scope: Construct, id: string | undefined): void {
  if (id !== undefined) checkId(scope, "the resource group", "rg-", id);
}

/** A zone of the region, where both are known. @throws ConstructError `ZoneOfOtherRegion` */
export function checkZone(scope: Construct, what: string, zone: string | undefined, region: string | undefined): void {
  if (zone === undefined || region === undefined || isUnknown(zone) || isUnknown(region)) return;
  // `ap-southeast-1a`, but `cn-hongkong-b`.
  const rest = /\d$/.test(region) ? /^[a-z]/i : /^-./;
  if (zone.startsWith(region) && rest.test(zone.slice(region.length))) return;
  throw misuse({
    code: "ZoneOfOtherRegion",
    what,
    rule: `a zone of the region ${region}`,
    got: zone,
    at: scope.node.path,
    fix: `name a zone such as ${region}${/\d$/.test(region) ? "a" : "-b"}, or use the provider of its region.`,
  });
}

/**
 * The form of an id that the cloud gave, e.g. `lb-…`.
 * @param prefix `lb-`, or several with `|` between them
 * @throws ConstructError `InvalidId`
 */
export function checkId(scope: Construct, what: string, prefix: string, id: unknown): void {
  if (isUnknown(id) || (typeof id === "string" && new RegExp(`^(?:${prefix})[A-Za-z0-9]+$`).test(id))) return;
  throw misuse({
    code: "InvalidId",
    what,
    rule: `an id that starts with ${prefix
      .split("|")
      .map((one) => `\`${one}\``)
      .join(" or ")}`,
    got: id,
    at: scope.node.path,
    fix: "give the id as the console shows it, or a reference to it.",
  });
}

/** A name as CLB takes it. @throws ConstructError `InvalidName` */
export function checkClbName(scope: Construct, value: string | undefined, what = "the name"): void {
  if (value === undefined || isUnknown(value)) return;
  if (typeof value === "string" && /^[A-Za-z0-9\u4e00-\u9fff\/._-]{1,80}$/.test(value)) return;
  throw misuse({
    code: "InvalidName",
    what,
    rule: "1 to 80 characters: letters, digits, `-`, `/`, `.` and `_`",
    got: value,
    at: scope.node.path,
    fix: "give it a name of that form.",
  });
}

/** A boolean, and not a text such as "true". @throws ConstructError `InvalidChoice` */
export function checkFlag(scope: Construct, what: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw misuse({
    code: "InvalidChoice",
    what,
    rule: "true or false",
    got: isUnknown(value) ? "a value that only terraform will know" : asTyped(value),
    at: scope.node.path,
    fix: "give one of these.",
  });
}

/** An IPv4 address. @throws ConstructError `InvalidAddress` */
export function checkAddress(scope: Construct, what: string, value: string | undefined): void {
  if (value === undefined || isUnknown(value) || isIPv4(value)) return;
  throw misuse({
    code: "InvalidAddress",
    what,
    rule: "an IPv4 address",
    got: value,
    at: scope.node.path,
    fix: "give an address such as 10.0.1.10.",
  });
}
