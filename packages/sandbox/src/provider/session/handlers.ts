import { SKIP_VARIABLE, validateConfig } from "../validate/validate";
import type { ConnectionHandlers } from "../protocol/server";
import type { Message } from "../protocol/service";
import type { Diagnostic } from "../protocol/diagnostics";
import { applyResource } from "./apply";
import { importResource, moveResource, readDataSource, readResource, upgradeState } from "./read";
import { planChange } from "./plan";
import { CAPABILITIES } from "./schema-answer";
import { readSettings } from "./settings";
import type { Connection, ProviderContext } from "./shared";
import { dataSourceSchema, decodeDynamic, diagnosticsOf, failure, resourceSchema } from "./shared";

/** The handlers of one new connection. */
export function openConnection(context: ProviderContext): ConnectionHandlers {
  const connection: Connection = {
    context,
    settings: readSettings(null, context.env).settings,
    stop: new AbortController(),
  };
  const skips = context.env[SKIP_VARIABLE] === "true";
  const typed =
    (handle: (connection: Connection, request: Message) => Promise<Message>) =>
    async (request: Message): Promise<Message> => {
      try {
        return await handle(connection, request);
      } catch (thrown) {
        return { diagnostics: diagnosticsOf([failure(thrown)]) };
      }
    };
  return {
    GetMetadata: typed(async () => ({
      serverCapabilities: CAPABILITIES,
      resources: [...context.schema.resources.keys()].map((typeName) => ({ typeName })),
      dataSources: [...context.schema.dataSources.keys()].map((typeName) => ({ typeName })),
    })),
    GetSchema: typed(async () => context.schemaAnswer),
    PrepareProviderConfig: typed(async (_, request) => {
      const { type } = context.schema.provider;
      const found = validateConfig(context.schema.provider, {}, decodeDynamic(type, request.config), false);
      return { preparedConfig: request.config, diagnostics: diagnosticsOf(found) };
    }),
    ValidateResourceTypeConfig: typed(async (_, request) => {
      const name = request.typeName as string;
      const schema = resourceSchema(connection, name);
      const rules = context.resources.get(name) ?? {};
      const config = decodeDynamic(schema.type, request.config);
      return { diagnostics: diagnosticsOf(validateConfig(schema, rules, config, skips)) };
    }),
    ValidateDataSourceConfig: typed(async (_, request) => {
      const name = request.typeName as string;
      const schema = dataSourceSchema(connection, name);
      const rules = context.dataSources.get(name) ?? {};
      const config = decodeDynamic(schema.type, request.config);
      return { diagnostics: diagnosticsOf(validateConfig(schema, rules, config, skips)) };
    }),
    Configure: typed(async (_, request) => {
      const read = readSettings(decodeDynamic(context.schema.provider.type, request.config), context.env);
      connection.settings = read.settings;
      return { diagnostics: diagnosticsOf(read.diagnostics as Diagnostic[]) };
    }),
    UpgradeResourceState: typed(upgradeState),
    ReadResource: typed(readResource),
    PlanResourceChange: typed(planChange),
    ApplyResourceChange: async (request) => {
      try {
        return await applyResource(connection, request);
      } catch (thrown) {
        // With the state as it was: terraform would read no state as "it is gone".
        return { newState: request.priorState, diagnostics: diagnosticsOf([failure(thrown)]) };
      }
    },
    ImportResourceState: typed(importResource),
    MoveResourceState: typed(moveResource),
    ReadDataSource: typed(readDataSource),
    GetFunctions: typed(async () => ({})),
    Stop: async () => {
      connection.stop.abort();
      return {};
    },
  };
}
