import type { Message } from "../protocol/service";
import { pathMessage } from "../protocol/diagnostics";
import { planResource } from "../plan/plan";
import type { PlanRules } from "../plan/plan";
import type { Connection } from "./shared";
import { decodeDynamic, encodeDynamic, resourceSchema } from "./shared";

/** What a type's plans go by beyond its schema. */
export function rulesOf(connection: Connection, typeName: string): PlanRules {
  const rules = connection.context.resources.get(typeName)?.plan ?? {};
  return typeof rules === "function" ? rules(connection.settings) : rules;
}

export async function planChange(connection: Connection, request: Message): Promise<Message> {
  const name = request.typeName as string;
  const schema = resourceSchema(connection, name);
  const planned = planResource(
    schema,
    rulesOf(connection, name),
    decodeDynamic(schema.type, request.priorState),
    decodeDynamic(schema.type, request.proposedNewState),
  );
  return {
    plannedState: encodeDynamic(schema.type, planned.state),
    requiresReplace: planned.replace.map(pathMessage),
    plannedPrivate: request.priorPrivate,
    // The real provider is built on an SDK that cannot keep all of terraform's promises, and says so with this flag.
    legacyTypeSystem: true,
  };
}
