import { randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { expectationError, SandboxError } from "../errors";
import type { Json, JsonObject } from "./json";
import { isJsonObject, listOf, textOf } from "./json";
import type { Recorded } from "./recorded";
import { recordedName } from "./recorded";
import { withoutRedacted } from "./redacted";
import { resourcesOfShown } from "./shown-state";

export interface Seed {
  /** A state file of version 4, as text. */
  readonly state: string;
  /** What exists "as recorded". */
  readonly recorded: Recorded;
}

/** Provider whose cloud the sandbox simulates. */
const SERVED = /\/aliyun\/alicloud"\]/;

/** Names what is no state that can be read. */
function whatItIs(seed: JsonObject): string {
  if (seed.encrypted_data !== undefined) return "a state that OpenTofu has encrypted";
  return typeof seed.version === "number" ? `a state of version ${seed.version}` : "something else";
}

/**
 * Reads a state from which a plan shall start: a state file of version 4, or what `terraform show -json` prints.
 * The file is only read.
 * @throws SandboxError `SandboxSeedInvalid`
 */
export function readSeed(path: string): Seed {
  const seed = parse(path);
  const shown = isJsonObject(seed.values) && seed.format_version !== undefined ? seed.values : undefined;
  if (shown === undefined && seed.version !== 4) {
    throw invalid(path, whatItIs(seed));
  }
  const resources = (shown === undefined ? listOf(seed.resources) : resourcesOfShown(shown)).map(
    (resource): JsonObject => cleaned(resource, path),
  );
  const state: JsonObject = {
    version: 4,
    terraform_version: textOf(seed.terraform_version) || "1.0.0",
    serial: 1,
    // A lineage of its own: terraform then refuses to apply a plan made from this copy to the real state.
    lineage: randomUUID(),
    outputs: outputsOf((shown ?? seed).outputs),
    resources,
    check_results: null,
  };
  const recorded = {
    resources: new Set(resources.flatMap((one) => recordedIn(one, path))),
    lookUps: lookUpsIn(resources),
  };
  return { state: JSON.stringify(state), recorded };
}

function parse(path: string): JsonObject {
  let text: string;
  try {
    if (!statSync(path).isFile()) throw invalid(path, "something that is no regular file");
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof SandboxError) throw cause;
    throw invalid(path, (cause as NodeJS.ErrnoException).code ?? "an error", cause);
  }
  try {
    const seed = JSON.parse(text) as Json;
    if (isJsonObject(seed)) return seed;
  } catch {
    // Said below; the parser's own message could show a part of a secret.
  }
  throw invalid(path, "something that is no JSON object");
}

function cleaned(resource: Json, path: string): JsonObject {
  if (!isJsonObject(resource) || textOf(resource.type) === "" || !Array.isArray(resource.instances)) {
    throw invalid(path, "a resource without a type or without instances");
  }
  const instances = listOf(resource.instances).map((instance): Json => {
    if (!isJsonObject(instance)) throw invalid(path, "an instance that is no object");
    // The provider's own note, not needed and possibly redacted.
    const { private: _private, ...kept } = instance;
    return { ...kept, attributes: withoutRedacted(kept.attributes ?? {}) };
  });
  return { ...resource, instances };
}

/** @throws SandboxError `SandboxSeedInvalid` when a resource has no id left: nothing could be read back then */
function recordedIn(resource: JsonObject, path: string): string[] {
  if (resource.mode !== "managed" || !SERVED.test(textOf(resource.provider))) return [];
  return listOf(resource.instances).map((instance) => {
    const id = textOf(attributesOf(instance).id);
    if (id === "") throw invalid(path, `${textOf(resource.type)}.${textOf(resource.name)} without an id`);
    return recordedName(textOf(resource.type), id);
  });
}

const attributesOf = (instance: Json): JsonObject =>
  isJsonObject(instance) && isJsonObject(instance.attributes) ? instance.attributes : {};

function lookUpsIn(resources: readonly JsonObject[]): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  for (const resource of resources) {
    if (resource.mode !== "data" || !SERVED.test(textOf(resource.provider))) continue;
    const type = textOf(resource.type);
    found.set(type, [...(found.get(type) ?? []), ...listOf(resource.instances).map(attributesOf)]);
  }
  return found;
}

/** Outputs whose values can still be read as the type that is noted next to them. */
function outputsOf(outputs: Json | undefined): JsonObject {
  if (!isJsonObject(outputs)) return {};
  const whole = Object.entries(outputs).filter(([, one]) => isJsonObject(one) && one.type !== undefined);
  return Object.fromEntries(
    whole.map(([name, one]) => [
      name,
      { ...(one as JsonObject), value: withoutRedacted((one as JsonObject).value ?? null) },
    ]),
  );
}

function invalid(path: string, got: string, cause?: unknown): Error {
  return expectationError(
    "SandboxSeedInvalid",
    {
      what: "the state to seed from",
      rule: "a terraform state of version 4 or the output of `terraform show -json`, with every resource's id",
      got,
      at: path,
      fix: "write it with `terraform state pull > FILE`, and leave the ids in when you redact it.",
    },
    cause,
  );
}
