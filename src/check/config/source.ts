import { sha256 } from "../../core/digest";
import { existsSync } from "node:fs";
import { readRegularFile } from "../../core/regular-file";
import type { SettingsReport } from "../../core/check-report";

/** The settings of a commit, regardless of the checkout. */
export interface ConfigAtCommit {
  /** Absolute path in the checkout of the file that counts, or would count where there is none. */
  readonly path: string;
  /** The file's text at that commit. @default there is no such file, and the defaults count */
  readonly text?: string;
  /** What the report says about it. */
  readonly origin: SettingsReport;
}

/** Where settings come from: a path, or a commit. */
export type ConfigSource = string | ConfigAtCommit;

/** Digest of the settings' bytes; `none` where there are none and the defaults count. */
export function configDigest(source: ConfigSource | undefined): string {
  const bytes = bytesOf(source);
  return bytes === undefined ? "none" : sha256(bytes);
}

function bytesOf(source: ConfigSource | undefined): string | Uint8Array | undefined {
  if (typeof source === "object") return source.text;
  return source !== undefined && existsSync(source) ? readRegularFile(source) : undefined;
}
