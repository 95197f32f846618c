import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { join } from "node:path";
import { Root } from "protobufjs";
import type { IConversionOptions, Method, Type } from "protobufjs";
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

/** Of a message that was read. */
const READ: IConversionOptions = { arrays: true, defaults: true, longs: Number, objects: true };

/** Not by `@grpc/proto-loader`, which describes every message for reflection as well: half of what a sandbox's start took. */
function load(): ServiceDefinition {
  const provider = new Root().loadSync(DEFINITION).resolveAll().lookupService("tfplugin5.Provider");
  const methods = Object.fromEntries(provider.methodsArray.map((method) => [method.name, definitionOf(method)]));
  const { GetSchema, ...others } = methods;
  return { ...others, GetSchema: { ...GetSchema!, responseSerialize: remembering(GetSchema!.responseSerialize) } };
}

function definitionOf(method: Method): MethodDefinition<Message, Message> {
  const [request, response] = [method.resolvedRequestType!, method.resolvedResponseType!];
  return {
    path: `/tfplugin5.Provider/${method.name}`,
    requestStream: method.requestStream === true,
    responseStream: method.responseStream === true,
    requestSerialize: serializer(request),
    requestDeserialize: deserializer(request),
    responseSerialize: serializer(response),
    responseDeserialize: deserializer(response),
  };
}

function serializer(type: Type): (message: Message) => Buffer {
  return (message) => type.encode(type.fromObject(message)).finish() as Buffer;
}

function deserializer(type: Type): (bytes: Buffer) => Message {
  return (bytes) => type.toObject(type.decode(bytes), READ);
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
