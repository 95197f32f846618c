import type { Message } from "../protocol/codec";
import { pathMessage } from "../protocol/diagnostics";
import { planResource } from "../plan/plan";
import type { Connection } from "./shared";
import { decodeDynamic, encodeDynamic, resourceSchema } from "./shared";

export async function planChange(connection: Connection, request: Message): Promise<Message> {
  const name = request.typeName as string;
  const schema = resourceSchema(connection, name);
  const rules = connection.context.resources.get(name)?.plan ?? {};
  const planned = planResource(
    schema,
    typeof rules === "function" ? rules(connection.settings) : rules,
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
