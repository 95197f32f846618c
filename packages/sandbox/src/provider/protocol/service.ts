import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../package-root";

/** A message of the protocol. Names are in camel case; numbers are numbers, and what was left out has its default. */
export type Message = Record<string, unknown>;

/** The methods that the sandbox answers; the others are answered as not implemented. */
export const METHODS = [
  "GetMetadata",
  "GetSchema",
  "PrepareProviderConfig",
  "ValidateResourceTypeConfig",
  "ValidateDataSourceConfig",
  "UpgradeResourceState",
  "Configure",
  "ReadResource",
  "PlanResourceChange",
  "ApplyResourceChange",
  "ImportResourceState",
  "MoveResourceState",
  "ReadDataSource",
  "GetFunctions",
  "Stop",
] as const;
export type MethodName = (typeof METHODS)[number];

/** Terraform's own definition of the protocol (MPL-2.0), made to be copied. */
const DEFINITION = join(PACKAGE_ROOT, "data", "tfplugin5.proto");

let service: ServiceDefinition | undefined;

/** `tfplugin5.Provider`, read once per process. */
export function providerService(): ServiceDefinition {
  return (service ??= load());
}

function load(): ServiceDefinition {
  const { "tfplugin5.Provider": provider } = loadSync(DEFINITION, {
    arrays: true,
    defaults: true,
    longs: Number,
    objects: true,
  });
  const methods = provider as ServiceDefinition;
  const { GetSchema, ...others } = methods as Record<string, MethodDefinition<Message, Message>>;
  return { ...others, GetSchema: { ...GetSchema!, responseSerialize: remembering(GetSchema!.responseSerialize) } };
}

/** The schema is asked for several times in each run: the same object is turned into bytes once. */
function remembering(serialize: (message: Message) => Buffer): (message: Message) => Buffer {
  const known = new WeakMap<Message, Buffer>();
  return (message) => {
    const bytes = known.get(message) ?? serialize(message);
    known.set(message, bytes);
    return bytes;
  };
}
