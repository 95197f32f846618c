import type { Cloud } from "../../cloud/contract";
import { CloudError } from "../../cloud/contract";
import { SandboxError, messageOf } from "../../errors";
import type { Recorded } from "../../seed";
import { Api } from "../api/api";
import { ProviderError } from "../api/errors";
import type { Pace } from "../api/pace";
import type { DataSourceType } from "../datasources/type";
import type { ResourceType } from "../resources/type";
import type { ProviderSchema } from "../schema/load";
import type { TypeSchema } from "../schema/model";
import type { Diagnostic } from "../protocol/diagnostics";
import { diagnosticMessage } from "../protocol/diagnostics";
import type { Message } from "../protocol/service";
import type { CtyType, Value } from "../values/value";
import { decodeValue, encodeValue } from "../values/msgpack";
import type { ProviderSettings } from "./settings";

/** What all connections of one sandbox share. */
export interface ProviderContext {
  readonly cloud: Cloud;
  readonly pace: Pace;
  readonly schema: ProviderSchema;
  readonly resources: ReadonlyMap<string, ResourceType>;
  readonly dataSources: ReadonlyMap<string, DataSourceType>;
  /** The answer to GetSchema: always the same object, so that it is turned into bytes once. */
  readonly schemaAnswer: Message;
  readonly env: NodeJS.ProcessEnv;
  /** What exists "as recorded"; undefined when nothing does, and then resources can be changed. */
  readonly recorded: Recorded | undefined;
}

/** One connection: one provider configuration of one terraform process. */
export interface Connection {
  readonly context: ProviderContext;
  settings: ProviderSettings;
  /** Aborted when terraform says Stop. */
  readonly stop: AbortController;
}

export function apiOf(connection: Connection, explicit = false): Api {
  const { cloud, pace } = connection.context;
  return new Api(cloud, connection.settings.region, pace, connection.stop.signal, explicit);
}

/** A value as sent: msgpack, or JSON where terraform prefers it. */
export function decodeDynamic(type: CtyType, message: unknown): Value {
  const { msgpack } = (message ?? {}) as { msgpack?: Uint8Array };
  return decodeValue(type, msgpack);
}

export const encodeDynamic = (type: CtyType, value: Value): Message => ({ msgpack: encodeValue(type, value) });

export const diagnosticsOf = (found: readonly Diagnostic[]): readonly Message[] => found.map(diagnosticMessage);

/** What went wrong, for the person at the terminal. */
export function failure(thrown: unknown): Diagnostic {
  const known = thrown instanceof ProviderError || thrown instanceof CloudError || thrown instanceof SandboxError;
  return {
    severity: "error",
    summary: messageOf(thrown),
    detail: known ? "" : "This is a defect of the sandbox, not of your configuration.",
  };
}

/** @throws SandboxError `SandboxTypeUnknown` */
export function resourceSchema(connection: Connection, typeName: string): TypeSchema {
  return known(connection.context.schema.resources.get(typeName), "resource type", typeName);
}

/** @throws SandboxError `SandboxTypeUnknown` */
export function dataSourceSchema(connection: Connection, typeName: string): TypeSchema {
  return known(connection.context.schema.dataSources.get(typeName), "data source", typeName);
}

function known(schema: TypeSchema | undefined, what: string, typeName: string): TypeSchema {
  if (schema !== undefined) return schema;
  throw new SandboxError(
    "SandboxTypeUnknown",
    `The sandbox does not simulate the ${what} \`${typeName}\`. Fix: start it with --mock-others to have made-up values for such types, or plan this configuration with the real provider.`,
  );
}
