import type { Message } from "../../packages/sandbox/src/provider/protocol/service";
import { blockType } from "../../packages/sandbox/src/provider/schema/build";
import type { RawBlock } from "../../packages/sandbox/src/provider/schema/raw";
import { decodeValue, encodeValue } from "../../packages/sandbox/src/provider/values/msgpack";
import type { Value } from "../../packages/sandbox/src/provider/values/value";
import { isArray, isObject, UNKNOWN } from "../../packages/sandbox/src/provider/values/value";
import type { Plugin } from "../../packages/sandbox/test/provider/support/plugin";

/** What a provider says to the change of one resource. */
export interface PlanAnswer {
  readonly planned: Value;
  /** Paths whose change needs a new object. */
  readonly replace: readonly (readonly (string | number)[])[];
  /** What the provider keeps with the plan. */
  readonly kept: string;
  readonly errors: readonly string[];
}

interface Diagnostic {
  readonly severity: number;
  readonly summary: string;
  readonly detail: string;
}

/** Has a provider plan one resource. */
export async function askForPlan(
  plugin: Plugin,
  typeName: string,
  block: RawBlock,
  [prior, proposed]: readonly [Value, Value],
): Promise<PlanAnswer> {
  const type = blockType(block);
  const answer = await plugin.call("PlanResourceChange", {
    typeName,
    priorState: { msgpack: encodeValue(type, prior) },
    proposedNewState: { msgpack: encodeValue(type, proposed) },
    config: { msgpack: encodeValue(type, proposed) },
  });
  return {
    planned: decodeValue(type, (answer.plannedState as { msgpack?: Uint8Array } | null)?.msgpack),
    replace: (answer.requiresReplace as { steps: Message[] }[]).map(({ steps }) => steps.map(stepOf)),
    kept: Buffer.from(answer.plannedPrivate as Uint8Array).toString("utf8"),
    errors: errorsIn(answer),
  };
}

/** Has a provider check one configuration. @returns what it says, errors and warnings */
export async function askForValidation(
  plugin: Plugin,
  kind: "resource" | "data source",
  typeName: string,
  block: RawBlock,
  config: Value,
): Promise<readonly string[]> {
  const method = kind === "resource" ? "ValidateResourceTypeConfig" : "ValidateDataSourceConfig";
  const answer = await plugin.call(method, { typeName, config: { msgpack: encodeValue(blockType(block), config) } });
  return (answer.diagnostics as Diagnostic[]).map(textOf);
}

/** As the protocol numbers it. */
const ERROR = 1;
const textOf = ({ summary, detail }: Diagnostic): string => (detail === "" ? summary : `${summary}: ${detail}`);
const errorsIn = (answer: Message): string[] =>
  (answer.diagnostics as Diagnostic[]).filter(({ severity }) => severity === ERROR).map(textOf);

const stepOf = ({ attributeName, elementKeyString, elementKeyInt }: Message): string | number =>
  (attributeName ?? elementKeyString ?? elementKeyInt) as string | number;

/** As terraform sends it: every field there, and blocks that are not written as empty lists. */
export function whole(block: RawBlock, value: Value): Value {
  if (!isObject(value)) return value;
  const attributes = Object.keys(block.attributes ?? {}).map((name): [string, Value] => [name, value[name] ?? null]);
  const blocks = Object.entries(block.block_types ?? {}).map(([name, nested]): [string, Value] => {
    const found = value[name] ?? null;
    if (nested.nesting_mode === "single") return [name, isObject(found) ? whole(nested.block, found) : found];
    return [name, isArray(found) ? found.map((one) => whole(nested.block, one)) : found === null ? [] : found];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** As JSON: `{"$":"unknown"}` for what is known after apply, and fields that are null left out. */
export function toJson(value: Value): unknown {
  if (value === UNKNOWN) return { $: "unknown" };
  if (isArray(value)) return value.map(toJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null)
      .map(([key, one]) => [key, toJson(one)]),
  );
}

export function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== "object" || value === null) return value as Value;
  const fields = value as Record<string, unknown>;
  if (fields.$ === "unknown") return UNKNOWN;
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, fromJson(one)]));
}
