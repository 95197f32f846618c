import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { readRegularText } from "../../core/regular-file";
import { AnycastError, messageOf } from "../../core/errors";
import { isRecord } from "../../core/is-record";

/** One synthesised stack. */
export interface StackUnit {
  readonly name: string;
  /** Absolute path of the directory with its cdk.tf.json. */
  readonly directory: string;
  /** Names of the stacks it depends on. */
  readonly dependencies: readonly string[];
}

export interface Annotation {
  readonly stack: string;
  readonly level: "info" | "warning" | "error";
  readonly message: string;
  readonly construct: string;
}

export interface Manifest {
  readonly stacks: readonly StackUnit[];
  readonly annotations: readonly Annotation[];
}

export const manifestPath = (outdir: string): string => join(outdir, "manifest.json");

/** Changes whenever the manifest is written; undefined when there is none. */
export function manifestStamp(outdir: string): string | undefined {
  try {
    const { mtimeNs, ino } = statSync(manifestPath(outdir), { bigint: true });
    return `${ino}:${mtimeNs}`;
  } catch {
    return undefined;
  }
}

/**
 * Reads what the app has synthesised.
 * @throws AnycastError `SynthesisInvalid`
 */
export function readManifest(outdir: string): Manifest {
  const path = manifestPath(outdir);
  try {
    const parsed: unknown = JSON.parse(readRegularText(path));
    if (!isRecord(parsed) || !isRecord(parsed.stacks)) throw new SyntaxError("it has no stacks");
    const entries = Object.values(parsed.stacks).map((entry) => readEntry(entry, outdir));
    const nameOf = new Map(entries.map((entry) => [entry.constructPath, entry.name]));
    return {
      stacks: entries.map(({ name, directory, dependencies }) => ({
        name,
        directory,
        dependencies: dependencies.map((dependency) => nameOf.get(dependency) ?? dependency),
      })),
      annotations: entries.flatMap((entry) => entry.annotations),
    };
  } catch (cause) {
    throw new AnycastError(
      "SynthesisInvalid",
      `The app wrote no usable manifest at ${path}: ${messageOf(cause)}. Fix: make sure that the app calls app.synth().`,
      { cause },
    );
  }
}

interface Entry extends StackUnit {
  readonly constructPath: string;
  readonly annotations: readonly Annotation[];
}

function readEntry(entry: unknown, outdir: string): Entry {
  if (!isRecord(entry) || typeof entry.name !== "string" || typeof entry.workingDirectory !== "string") {
    throw new SyntaxError("a stack has no name or no directory");
  }
  const { name, workingDirectory, constructPath, dependencies, annotations } = entry;
  return {
    name,
    directory: resolve(outdir, workingDirectory),
    constructPath: typeof constructPath === "string" ? constructPath : name,
    dependencies: Array.isArray(dependencies) ? dependencies.map(String) : [],
    annotations: (Array.isArray(annotations) ? annotations : []).filter(isRecord).map((annotation) => ({
      stack: name,
      level: levelOf(annotation.level),
      message: String(annotation.message),
      construct: String(annotation.constructPath ?? name),
    })),
  };
}

/** `@cdktf/info`, `@cdktf/warn`, `@cdktf/error`; an unknown one counts as an error. */
function levelOf(level: unknown): Annotation["level"] {
  if (level === "@cdktf/info") return "info";
  return level === "@cdktf/warn" ? "warning" : "error";
}
