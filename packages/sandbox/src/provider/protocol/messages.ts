import type { FieldKind, FieldShape, MessageShape } from "./codec";

/** Field numbers of plugin protocol 5 (`tfplugin5`), written down from the public definition. */
const shape = (
  fields: Record<number, readonly [name: string, kind: FieldKind, repeated?: "repeated"]>,
): MessageShape => ({
  fields: Object.fromEntries(
    Object.entries(fields).map(([number, [name, kind, repeated]]): [string, FieldShape] => [
      number,
      { name, kind, repeated: repeated === "repeated" },
    ]),
  ),
});

const dynamicValue = shape({ 1: ["msgpack", "bytes"], 2: ["json", "bytes"] });
const step: MessageShape = {
  fields: {
    1: { name: "attributeName", kind: "string", alternative: true },
    2: { name: "elementKeyString", kind: "string", alternative: true },
    3: { name: "elementKeyInt", kind: "int", alternative: true },
  },
};
const attributePath = shape({ 1: ["steps", step, "repeated"] });
const diagnostic = shape({
  1: ["severity", "int"],
  2: ["summary", "string"],
  3: ["detail", "string"],
  4: ["attribute", attributePath],
});
const rawState = shape({ 1: ["json", "bytes"], 2: ["flatmap", { map: "string" }] });

const attribute = shape({
  1: ["name", "string"],
  2: ["type", "bytes"],
  3: ["description", "string"],
  4: ["required", "bool"],
  5: ["optional", "bool"],
  6: ["computed", "bool"],
  7: ["sensitive", "bool"],
  8: ["descriptionKind", "int"],
  9: ["deprecated", "bool"],
});
/** A block holds nested blocks that hold blocks: tied together after both exist. */
const nestedFields: Record<number, FieldShape> = {
  1: { name: "typeName", kind: "string" },
  3: { name: "nesting", kind: "int" },
  4: { name: "minItems", kind: "int" },
  5: { name: "maxItems", kind: "int" },
};
const nestedBlock: MessageShape = { fields: nestedFields };
const block = shape({
  1: ["version", "int"],
  2: ["attributes", attribute, "repeated"],
  3: ["blockTypes", nestedBlock, "repeated"],
  4: ["description", "string"],
  5: ["descriptionKind", "int"],
  6: ["deprecated", "bool"],
});
nestedFields[2] = { name: "block", kind: block };

export const schemaShape = shape({ 1: ["version", "int"], 2: ["block", block] });
const capabilities = shape({
  1: ["planDestroy", "bool"],
  2: ["getProviderSchemaOptional", "bool"],
  3: ["moveResourceState", "bool"],
});
const typeNameOnly = shape({ 1: ["typeName", "string"] });
const diagnosticsOnly = shape({ 1: ["diagnostics", diagnostic, "repeated"] });
const validate = shape({ 1: ["typeName", "string"], 2: ["config", dynamicValue] });
const none = shape({});

/** Every method of the service with the shapes of its request and answer. */
export const METHODS = {
  GetMetadata: {
    request: none,
    response: shape({
      1: ["serverCapabilities", capabilities],
      2: ["diagnostics", diagnostic, "repeated"],
      3: ["dataSources", typeNameOnly, "repeated"],
      4: ["resources", typeNameOnly, "repeated"],
    }),
  },
  GetSchema: {
    request: none,
    response: shape({
      1: ["provider", schemaShape],
      2: ["resourceSchemas", { map: schemaShape }],
      3: ["dataSourceSchemas", { map: schemaShape }],
      4: ["diagnostics", diagnostic, "repeated"],
      5: ["providerMeta", schemaShape],
      6: ["serverCapabilities", capabilities],
    }),
  },
  PrepareProviderConfig: {
    request: shape({ 1: ["config", dynamicValue] }),
    response: shape({ 1: ["preparedConfig", dynamicValue], 2: ["diagnostics", diagnostic, "repeated"] }),
  },
  ValidateResourceTypeConfig: { request: validate, response: diagnosticsOnly },
  ValidateDataSourceConfig: { request: validate, response: diagnosticsOnly },
  UpgradeResourceState: {
    request: shape({ 1: ["typeName", "string"], 2: ["version", "int"], 3: ["rawState", rawState] }),
    response: shape({ 1: ["upgradedState", dynamicValue], 2: ["diagnostics", diagnostic, "repeated"] }),
  },
  Configure: {
    request: shape({ 1: ["terraformVersion", "string"], 2: ["config", dynamicValue] }),
    response: diagnosticsOnly,
  },
  ReadResource: {
    request: shape({ 1: ["typeName", "string"], 2: ["currentState", dynamicValue], 3: ["private", "bytes"] }),
    response: shape({
      1: ["newState", dynamicValue],
      2: ["diagnostics", diagnostic, "repeated"],
      3: ["private", "bytes"],
    }),
  },
  PlanResourceChange: {
    request: shape({
      1: ["typeName", "string"],
      2: ["priorState", dynamicValue],
      3: ["proposedNewState", dynamicValue],
      4: ["config", dynamicValue],
      5: ["priorPrivate", "bytes"],
    }),
    response: shape({
      1: ["plannedState", dynamicValue],
      2: ["requiresReplace", attributePath, "repeated"],
      3: ["plannedPrivate", "bytes"],
      4: ["diagnostics", diagnostic, "repeated"],
      5: ["legacyTypeSystem", "bool"],
    }),
  },
  ApplyResourceChange: {
    request: shape({
      1: ["typeName", "string"],
      2: ["priorState", dynamicValue],
      3: ["plannedState", dynamicValue],
      4: ["config", dynamicValue],
      5: ["plannedPrivate", "bytes"],
    }),
    response: shape({
      1: ["newState", dynamicValue],
      2: ["private", "bytes"],
      3: ["diagnostics", diagnostic, "repeated"],
      4: ["legacyTypeSystem", "bool"],
    }),
  },
  ImportResourceState: {
    request: shape({ 1: ["typeName", "string"], 2: ["id", "string"] }),
    response: shape({
      1: [
        "importedResources",
        shape({ 1: ["typeName", "string"], 2: ["state", dynamicValue], 3: ["private", "bytes"] }),
        "repeated",
      ],
      2: ["diagnostics", diagnostic, "repeated"],
    }),
  },
  MoveResourceState: {
    request: shape({
      1: ["sourceProviderAddress", "string"],
      2: ["sourceTypeName", "string"],
      3: ["sourceSchemaVersion", "int"],
      4: ["sourceState", rawState],
      5: ["targetTypeName", "string"],
      6: ["sourcePrivate", "bytes"],
    }),
    response: shape({
      1: ["targetState", dynamicValue],
      2: ["diagnostics", diagnostic, "repeated"],
      3: ["targetPrivate", "bytes"],
    }),
  },
  ReadDataSource: {
    request: shape({ 1: ["typeName", "string"], 2: ["config", dynamicValue] }),
    response: shape({ 1: ["state", dynamicValue], 2: ["diagnostics", diagnostic, "repeated"] }),
  },
  GetFunctions: {
    request: none,
    response: shape({ 2: ["diagnostics", diagnostic, "repeated"] }),
  },
  Stop: { request: none, response: shape({ 1: ["Error", "string"] }) },
} satisfies Record<string, { readonly request: MessageShape; readonly response: MessageShape }>;

export type MethodName = keyof typeof METHODS;
