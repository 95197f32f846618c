import { sha256 } from "../../core/digest";
import { createHash } from "node:crypto";
import { closeSync, existsSync, readSync } from "node:fs";
import { join } from "node:path";
import { openRegularFile, readRegularText } from "../../core/regular-file";
import type { CheckReport } from "../../core/check-report";
import type { StateVersion } from "../../plan";

/** Written where there is no file. */
export const NONE = "none";

/** Digest of a file, read in pieces: plan files can be large. */
export function sha256OfFile(path: string): string {
  const hash = createHash("sha256");
  const file = openRegularFile(path);
  try {
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
  return `sha256:${hash.digest("hex")}`;
}

/** Digest of a file, or `none` where there is no such file. */
export function sha256IfThere(path: string | undefined): string {
  return path !== undefined && existsSync(path) ? sha256OfFile(path) : NONE;
}

export const LOCK_FILE = ".terraform.lock.hcl";

/** Provider versions that a lock file names. */
export function lockedProviders(stackDirectory: string): Record<string, string> {
  const path = join(stackDirectory, LOCK_FILE);
  if (!existsSync(path)) return {};
  const blocks = readRegularText(path).matchAll(/^provider "([^"]+)" \{[^}]*?^\s*version\s*=\s*"([^"]+)"/gms);
  return Object.fromEntries([...blocks].map(([, provider, version]) => [provider!, version!]));
}

/** Digest of the custom rules that were used, in any order. */
export function ownDigest({ policy }: CheckReport): string {
  const own = policy.own ?? [];
  return own.length === 0 ? NONE : sha256(JSON.stringify(own.map(({ digest }) => digest).sort()));
}

/** Digest of the cloud's answers, without their times. */
export function liveDigest({ plans }: CheckReport): string {
  const facts = plans.flatMap((plan) => plan.facts ?? []);
  if (facts.length === 0) return NONE;
  return sha256(
    JSON.stringify(facts.map(({ action, subject, answer }) => JSON.stringify([action, subject, answer])).sort()),
  );
}

/** A state that cannot be distinguished from another. */
export const UNKNOWN = "unknown";

/** A version of a state, as receipts and messages write it. */
export function stateText(version: StateVersion | undefined): string {
  if (version === undefined) return UNKNOWN;
  return version.lineage === "" && version.serial === 0 ? NONE : `${version.lineage} serial ${version.serial}`;
}

/**
 * The version of the program that printed a plan's JSON, e.g. `1.11.4`, or `OpenTofu 1.11.0`. The version is at the
 * beginning of the JSON. At its end, only Terraform says whether the plan is complete.
 */
export function terraformVersionIn(json: Uint8Array): string {
  const textOf = (part: Uint8Array): string => Buffer.from(part).toString("utf8");
  const version = /"terraform_version":"([^"]*)"/.exec(textOf(json.subarray(0, 4096)))?.[1] ?? "unknown";
  return /"complete":(true|false)/.test(textOf(json.subarray(-512))) ? version : `OpenTofu ${version}`;
}
