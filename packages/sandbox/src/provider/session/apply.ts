import { SandboxError } from "../../errors";
import type { Message } from "../protocol/service";
import { normalizeNulls } from "../plan/normalize";
import { hasTimeouts, planResource } from "../plan/plan";
import { ResourceData } from "../resources/data";
import type { OperationContext, ResourceType } from "../resources/type";
import { mockResource } from "../mock/mock";
import type { Operation, TypeSchema } from "../schema/model";
import type { ObjectValue, Value } from "../values/value";
import { isObject } from "../values/value";
import { rulesOf } from "./plan";
import type { Connection } from "./shared";
import { apiOf, decodeDynamic, diagnosticsOf, encodeDynamic, failure, resourceSchema } from "./shared";

export async function applyResource(connection: Connection, request: Message): Promise<Message> {
  const name = request.typeName as string;
  if (connection.context.recorded !== undefined) {
    throw new SandboxError(
      "SandboxSeeded",
      "This sandbox was seeded from a state and can only plan. Nothing was changed. Fix: start it without --seed-state to apply.",
    );
  }
  const schema = resourceSchema(connection, name);
  const prior = decodeDynamic(schema.type, request.priorState);
  const planned = decodeDynamic(schema.type, request.plannedState);
  const type = connection.context.resources.get(name) ?? mockResource(schema);
  const before = isObject(prior) ? prior : null;
  const wanted = isObject(planned) ? planned : null;
  const data = new ResourceData(schema, before, effective(connection, schema, before, wanted));
  let error: unknown;
  try {
    await carryOut(type, connection, data, before, wanted);
  } catch (thrown) {
    error = thrown;
  }
  const diagnostics = error === undefined ? [] : [failure(error)];
  return {
    newState: encodeDynamic(schema.type, resultingState(schema, data, before, wanted, error !== undefined)),
    private: request.plannedPrivate,
    diagnostics: diagnosticsOf(diagnostics),
    legacyTypeSystem: true,
  };
}

/**
 * What is carried out: the plugin SDK compares state and plan once more, and what is suppressed then is not sent, even
 * if it was planned.
 */
function effective(
  connection: Connection,
  schema: TypeSchema,
  before: ObjectValue | null,
  wanted: ObjectValue | null,
): ObjectValue | null {
  const { state } = planResource(schema, rulesOf(connection, schema.name), before, wanted);
  return isObject(state) ? state : null;
}

async function carryOut(
  type: ResourceType,
  connection: Connection,
  data: ResourceData,
  before: ObjectValue | null,
  wanted: ObjectValue | null,
): Promise<void> {
  const operation: Operation = wanted === null ? "delete" : before === null ? "create" : "update";
  const context: OperationContext = {
    api: apiOf(connection, data.configuredLimit(operation) !== undefined),
    settings: connection.settings,
    data,
  };
  if (operation === "delete") return type.delete(context);
  if (operation === "create") await type.create(context);
  else await type.update?.(context);
  return type.read(context);
}

/** After a failure state holds what is certain: nothing, the object that was made so far, or what was before. */
function resultingState(
  schema: TypeSchema,
  data: ResourceData,
  before: ObjectValue | null,
  wanted: ObjectValue | null,
  failed: boolean,
): Value {
  if (wanted === null) return failed ? before : null;
  if (data.isGone) return null;
  const made = data.state(failed && before !== null);
  if (failed && before !== null) return made;
  const state = normalizeNulls(schema.type, made, wanted, true);
  return hasTimeouts(schema) && isObject(state) ? { ...state, timeouts: wanted.timeouts ?? null } : state;
}
