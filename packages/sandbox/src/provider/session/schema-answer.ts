import type { Message } from "../protocol/service";
import type { ProviderSchema } from "../schema/load";
import type { TypeSchema } from "../schema/model";

export const CAPABILITIES = { planDestroy: false, getProviderSchemaOptional: true, moveResourceState: false };

/** The answer to GetSchema. */
export function schemaAnswer({ provider, resources, dataSources }: ProviderSchema): Message {
  const messages = (types: ReadonlyMap<string, TypeSchema>): Message =>
    Object.fromEntries([...types].map(([name, { message }]) => [name, message]));
  return {
    provider: provider.message,
    resourceSchemas: messages(resources),
    dataSourceSchemas: messages(dataSources),
    serverCapabilities: CAPABILITIES,
  };
}
