import { sha256 } from "../core/digest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AnycastError, messageOf } from "../core/errors";
import { PACKAGE_ROOT } from "../core/package-root";

/** What a rule's METADATA says (policies/rules/<category>/<rule>). */
export interface RuleMetadata {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly source: string;
  readonly level: "deny" | "warn";
  readonly locked: boolean;
  readonly file: string;
}

/** The compiled policy as committed, with its digest. */
export interface PolicyBundle {
  readonly wasm: Uint8Array;
  /** The facts the rules read. */
  readonly data: Record<string, unknown>;
  readonly rules: readonly RuleMetadata[];
  /** `sha256:…` of the manifest, which holds the hash of every source and product. */
  readonly digest: string;
  readonly entrypoint: string;
}

interface Manifest {
  readonly entrypoint: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads policies/wasm and proves that its files are those of its manifest.
 * @throws AnycastError `PolicyNotLoaded`
 */
export function readPolicyBundle(directory: string = join(PACKAGE_ROOT, "policies", "wasm")): PolicyBundle {
  try {
    const manifestBytes = readFileSync(join(directory, "manifest.json"));
    const manifest = JSON.parse(manifestBytes.toString("utf8")) as Manifest;
    const read = (name: string): Buffer => {
      const bytes = readFileSync(join(directory, name));
      if (sha256(bytes) !== manifest.files[name]) throw new Error(`${name} is not the file its manifest names`);
      return bytes;
    };
    return {
      wasm: read("policy.wasm"),
      data: JSON.parse(read("data.json").toString("utf8")) as Record<string, unknown>,
      rules: (JSON.parse(read("rules.json").toString("utf8")) as { rules: RuleMetadata[] }).rules,
      digest: sha256(manifestBytes),
      entrypoint: manifest.entrypoint,
    };
  } catch (cause) {
    throw new AnycastError(
      "PolicyNotLoaded",
      `The compiled policy could not be read (at ${directory}): ${messageOf(cause)}. Fix: install the package again, or rebuild it with npm run policies.`,
      { cause },
    );
  }
}
