import { readFileSync, statSync } from "node:fs";
import { AnycastError, expectationError, messageOf, systemCodeOf } from "../core/errors";

/** First bytes of a saved plan file: it is a zip archive. */
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** How to make what is expected, said wherever something else was found. */
const FIX =
  "make the plan with `terraform plan -out=plan.tfplan` and pass that file, or the output of `terraform show -json plan.tfplan`.";

/**
 * Reads a plan file, saved or JSON.
 * @throws AnycastError `PlanNotFound`, `PlanIsADirectory`, `PlanNotReadable`
 */
export function readPlanFile(path: string): Buffer {
  try {
    if (statSync(path).isDirectory())
      throw expectationError("PlanIsADirectory", {
        what: "the plan",
        rule: "a file",
        got: "a directory",
        at: path,
        fix: FIX,
      });
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    if (systemCodeOf(cause) === "ENOENT")
      throw expectationError(
        "PlanNotFound",
        { what: "the plan", rule: "a file", got: "nothing", at: path, fix: FIX },
        cause,
      );
    throw new AnycastError(
      "PlanNotReadable",
      `The plan could not be read (at ${path}): ${messageOf(cause)}. Fix: check the path and its permissions.`,
      { cause },
    );
  }
}

export function isSavedPlan(bytes: Uint8Array): boolean {
  return bytes.length >= ZIP.length && ZIP.equals(Buffer.from(bytes.buffer, bytes.byteOffset, ZIP.length));
}

/**
 * Parses the JSON of a plan and proves that it is one.
 * @throws AnycastError `PlanEmpty`, `PlanNotText`, `PlanNotJson`, `NotAPlan`
 */
export function parsePlan(bytes: Uint8Array, at: string): Record<string, unknown> {
  const text = decode(bytes, at);
  if (text.trim() === "")
    throw expectationError("PlanEmpty", { what: "the plan", rule: "JSON", got: "an empty file", at, fix: FIX });
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (cause) {
    // The parser's message may quote the plan, and plans hold secrets; where it stopped is enough.
    const position = /position (\d+)/.exec(messageOf(cause))?.[1];
    const where =
      position === undefined ? "its end is missing" : `it breaks at character ${position} of ${String(text.length)}`;
    throw expectationError("PlanNotJson", {
      what: "the plan",
      rule: "whole JSON",
      got: `text that is not: ${where}`,
      at,
      fix: FIX,
    });
  }
  return provePlan(plan, at);
}

function decode(bytes: Uint8Array, at: string): string {
  const utf16 =
    bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  if (utf16) {
    throw expectationError("PlanNotText", {
      what: "the plan",
      rule: "UTF-8 text",
      got: "UTF-16 text, which PowerShell's > writes",
      at,
      fix: "write it with `terraform show -json plan.tfplan | Out-File -Encoding utf8NoBOM plan.json`.",
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw expectationError(
      "PlanNotText",
      { what: "the plan", rule: "UTF-8 text", got: "bytes that are not", at, fix: FIX },
      cause,
    );
  }
}

function provePlan(plan: unknown, at: string): Record<string, unknown> {
  const got = whatItIs(plan);
  if (got !== undefined)
    throw expectationError("NotAPlan", { what: "the document", rule: "a Terraform plan in JSON", got, at, fix: FIX });
  return plan as Record<string, unknown>;
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
