import { SandboxError } from "../../errors";
import type { Message } from "../protocol/service";
import { normalizeNulls } from "../plan/normalize";
import { hasTimeouts, noTimeouts } from "../plan/plan";
import { ResourceData } from "../resources/data";
import { mockDataSource, mockResource } from "../mock/mock";
import type { TypeSchema } from "../schema/model";
import { conform, emptyObject } from "../values/convert";
import { fromFlatmap } from "../values/flatmap";
import { withZeros } from "../values/zeros";
import { recordedName } from "../../seed";
import type { ObjectValue, Value } from "../values/value";
import { isObject } from "../values/value";
import { recordedLookUp } from "./recorded-look-up";
import type { Connection } from "./shared";
import { apiOf, dataSourceSchema, decodeDynamic, encodeDynamic, resourceSchema } from "./shared";

export async function readResource(connection: Connection, request: Message): Promise<Message> {
  const name = request.typeName as string;
  const schema = resourceSchema(connection, name);
  const current = decodeDynamic(schema.type, request.currentState);
  const type = connection.context.resources.get(name) ?? mockResource(schema);
  const answer = (state: Value): Message => ({ newState: encodeDynamic(schema.type, state), private: request.private });
  if (!isObject(current)) return answer(null);
  // The simulated cloud does not know it; what was recorded of it is all there is.
  if (connection.context.recorded?.resources.has(recordedName(name, String(current.id))) === true)
    return answer(current);
  const data = new ResourceData(schema, current, null);
  await type.read({ api: apiOf(connection), settings: connection.settings, data });
  if (data.isGone) return answer(null);
  const state = normalizeNulls(schema.type, data.state(), current, false);
  return answer(hasTimeouts(schema) && isObject(state) ? { ...state, timeouts: current.timeouts ?? null } : state);
}

/** Import is a pass-through: the id is all there is, an ordinary read follows. */
export async function importResource(connection: Connection, request: Message): Promise<Message> {
  const typeName = request.typeName as string;
  const schema = resourceSchema(connection, typeName);
  if (!schema.importable) throw new SandboxError("SandboxImportRefused", `resource ${typeName} doesn't support import`);
  const state: Record<string, Value> = { ...emptyObject(schema.type), id: request.id as string };
  for (const node of schema.nodes) if (node.block) state[node.name] = [];
  if (hasTimeouts(schema)) state.timeouts = noTimeouts(schema);
  return { importedResources: [{ typeName, state: encodeDynamic(schema.type, state) }] };
}

/** The real provider cannot move state between resource types either. */
export async function moveResource(_: Connection, request: Message): Promise<Message> {
  throw new SandboxError(
    "SandboxMoveRefused",
    `The provider does not support moving state from \`${String(request.sourceTypeName)}\` to \`${String(request.targetTypeName)}\`. Fix: remove it from state and import it under the new type.`,
  );
}

/** State of an older version: what the schema does not have any more is dropped, the rest is kept. */
export async function upgradeState(connection: Connection, request: Message): Promise<Message> {
  const schema = resourceSchema(connection, request.typeName as string);
  const raw = (request.rawState ?? {}) as { json?: Uint8Array; flatmap?: Record<string, string> };
  const text = Buffer.from(raw.json ?? []).toString("utf8");
  const flat = raw.flatmap ?? {};
  const saved: unknown = text === "" ? fromFlatmap(schema.type, flat) : JSON.parse(text);
  const state = conform(schema.type, saved);
  return { upgradedState: encodeDynamic(schema.type, isObject(state) ? withBlocks(schema, state) : state) };
}

/** A block is never null in state. */
function withBlocks(schema: TypeSchema, state: ObjectValue): ObjectValue {
  const whole: Record<string, Value> = { ...state };
  for (const node of schema.nodes) if (node.block) whole[node.name] ??= [];
  return whole;
}

/** The objects in what a data source found have no nulls. */
function filled(schema: TypeSchema, state: ObjectValue): ObjectValue {
  const whole: Record<string, Value> = { ...state };
  for (const node of schema.nodes) whole[node.name] = withZeros(node, state[node.name] ?? null);
  return whole;
}

export async function readDataSource(connection: Connection, request: Message): Promise<Message> {
  const name = request.typeName as string;
  const schema = dataSourceSchema(connection, name);
  const config = decodeDynamic(schema.type, request.config);
  const given: Record<string, Value> = isObject(config) ? { ...config } : {};
  for (const node of schema.nodes) if (node.default !== null) given[node.name] ??= node.default;
  const recorded = recordedLookUp(schema, given, connection.context.recorded?.lookUps.get(name));
  const type = connection.context.dataSources.get(name) ?? mockDataSource(schema);
  const results = recorded ?? (await type.read(given, { api: apiOf(connection), settings: connection.settings }));
  const state = conform(schema.type, { ...given, ...results });
  return { state: encodeDynamic(schema.type, isObject(state) ? filled(schema, state) : state) };
}
