import { statSync } from "node:fs";
import { readRegularFile } from "../../core/regular-file";
import { AnycastError, expectationError, messageOf, systemCodeOf } from "../../core/errors";
import { MOST_PLAN } from "../../core/limits";
import { planTooLarge } from "../../core/plan-size";
import type { PlanFacts } from "../facts";
import type { JsonObject } from "../json";
import { markProjection } from "./project";
import { parseAtOnce } from "./document/parse-at-once";
import { readDocument } from "./document/read-document";
import { JsonScanner } from "./scan/json-scanner";
import { FIX, scanText } from "./text";

/** First bytes of a saved plan file: it is a zip archive. */
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/**
 * Reads a plan file, saved or JSON.
 * @throws AnycastError `PlanNotFound`, `PlanIsADirectory`, `PlanTooLarge`, `PlanNotReadable`
 */
export function readPlanFile(path: string): Buffer {
  try {
    const stats = statSync(path);
    if (stats.isDirectory())
      throw new AnycastError("PlanIsADirectory", `The plan is a directory, not a file (at ${path}). Fix: ${FIX}`);
    if (stats.size > MOST_PLAN) throw planTooLarge(`${String(stats.size)} bytes`, path);
    return readRegularFile(path, MOST_PLAN);
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    if (systemCodeOf(cause) === "ENOENT")
      throw new AnycastError("PlanNotFound", `There is no plan at ${path}. Fix: ${FIX}`, { cause: cause });
    throw new AnycastError(
      "PlanNotReadable",
      `The plan could not be read (at ${path}): ${messageOf(cause)}. Fix: check the path and its permissions.`,
      { cause },
    );
  }
}

/** Whether these are the bytes of a saved plan file, which only its maker can show. */
export function isSavedPlan(bytes: Uint8Array): boolean {
  return isZip(bytes) || isEncryptedPlan(bytes);
}

function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= ZIP.length && ZIP.equals(Buffer.from(bytes.buffer, bytes.byteOffset, ZIP.length));
}

/** How far into an encrypted plan the mark of its format may be, in bytes: the keys are described before it. */
const ENCRYPTED_WITHIN = 64 * 1024;

/** Whether these are the bytes of a plan file that OpenTofu has encrypted: JSON around the cipher text. */
export function isEncryptedPlan(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, ENCRYPTED_WITHIN)).toString("latin1");
  return /^\s*\{\s*"meta"\s*:\s*\{/.test(head) && /"encrypted_data"\s*:\s*"/.test(head);
}

/**
 * Reads of a plan's JSON what the policies read, and proves that it is a plan: strict JSON from end to end, no key twice.
 * @throws AnycastError `PlanEmpty`, `PlanNotText`, `PlanNotJson`, `DuplicateKey`, `PlanTooDeep`, `PlanTooLarge`, `PlanNumberNotExact`, `NotAPlan`
 */
export function readPlan(bytes: Uint8Array, at: string, facts: PlanFacts): JsonObject {
  return markProjection(
    provePlan(
      scanText(bytes, at, (text, from) => readDocument(text, facts, from)),
      at,
    ),
  );
}

/**
 * Parses the whole JSON of a plan and proves that it is one. Only what may read anything needs it: custom rules, comments and
 * expressions that take what the rules do not read.
 * @throws AnycastError `PlanEmpty`, `PlanNotText`, `PlanNotJson`, `DuplicateKey`, `PlanTooDeep`, `PlanTooLarge`, `NotAPlan`
 */
export function parsePlan(bytes: Uint8Array, at: string): JsonObject {
  const parse = (text: Buffer, from: number): unknown => {
    const parsed = parseAtOnce(text, from);
    if (parsed !== undefined) return parsed.document;
    const scanner = new JsonScanner(text, from);
    const document = scanner.value();
    scanner.end();
    return document;
  };
  return provePlan(scanText(bytes, at, parse), at);
}

function provePlan(plan: unknown, at: string): Record<string, unknown> {
  if (typeof plan === "object" && plan !== null && Object.hasOwn(plan, "remote_plan_format")) throw remotePlan(at);
  const got = whatItIs(plan);
  if (got !== undefined)
    throw expectationError("NotAPlan", { what: "the document", rule: "a Terraform plan in JSON", got, at, fix: FIX });
  return plan as Record<string, unknown>;
}

/** HCP Terraform keeps the plans of its runs; `plan -out` then writes where the plan is to be found. */
function remotePlan(at: string): AnycastError {
  return new AnycastError(
    "PlanIsRemote",
    `${at} is a bookmark of a run in HCP Terraform, not the plan itself. Fix: run \`terraform show -json FILE | anycast check -\` in the directory the plan was made in, with access to HCP Terraform.`,
  );
}

/** Names what a document is when it is no plan; undefined when it is one. */
function whatItIs(document: unknown): string | undefined {
  if (Array.isArray(document)) return "a list";
  if (typeof document !== "object" || document === null) return document === null ? "null" : `a ${typeof document}`;
  const has = (key: string): boolean => Object.hasOwn(document, key);
  const get = (key: string): unknown => (document as Record<string, unknown>)[key];
  if (has("lineage") && has("serial")) return "a state file";
  if (typeof get("format_version") !== "string") return "JSON without a format_version";
  if (has("provider_schemas")) return "a provider schema";
  if (has("values") && !has("resource_changes") && !has("planned_values"))
    return "a state, as `terraform show -json` prints it";
  if (!has("configuration") || !has("planned_values")) return "JSON without a plan's configuration and planned_values";
  if (typeof get("terraform_version") !== "string") return "JSON without a terraform_version";
  // HCP Terraform's policy input wraps a plan so; as a file it could hide one plan behind another.
  if (has("plan")) return "a plan with a second plan inside";
  return undefined;
}
