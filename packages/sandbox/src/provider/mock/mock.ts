import { createHash, randomBytes } from "node:crypto";
import type { DataSourceType } from "../datasources/type";
import type { ResourceType } from "../resources/type";
import type { Node, TypeSchema } from "../schema/model";
import type { CtyType, Value } from "../values/value";
import { canonical } from "../values/value";

/**
 * Types that the sandbox does not simulate, when it was asked to make their values up: nothing is kept anywhere, state
 * is believed, and what only the cloud could know is filled with values that are true to the schema and clearly mock.
 */
export function mockResource(schema: TypeSchema): ResourceType {
  return {
    file: `resource_${schema.name}`,
    create: async ({ data }) => {
      data.id = `mock-${schema.name.replace(/^alicloud_/, "").replaceAll("_", "-")}-${randomBytes(5).toString("hex")}`;
      for (const node of schema.nodes) {
        if (node.computed && data.get(node.name) === null) data.set(node.name, mockValue(node, data.id));
      }
    },
    read: async () => undefined,
    update: async () => undefined,
    delete: async () => undefined,
  };
}

export function mockDataSource(schema: TypeSchema): DataSourceType {
  return {
    file: `data_source_${schema.name}`,
    read: async (given) => {
      const id = createHash("sha256").update(canonical(given)).digest("hex").slice(0, 12);
      const open = schema.nodes.filter((node) => node.computed && (given[node.name] ?? null) === null);
      return { ...Object.fromEntries(open.map((node) => [node.name, mockValue(node, id)])), id: `mock-${id}` };
    },
  };
}

function mockValue(node: Node, seed: string): Value {
  return valueOf(node.type, `${node.name}-${seed}`, node.element ?? node.kind);
}

/** Collections get one element, so that `[0]` of a mock result can be planned with. */
function valueOf(type: CtyType, name: string, kind: string): Value {
  if (type === "bool") return false;
  if (type === "number") return kind === "float" ? 0.5 : 1;
  if (typeof type === "string") return name.startsWith("mock-") ? name : `mock-${name}`;
  if (type[0] === "map") return {};
  if (type[0] === "object") {
    return Object.fromEntries(
      Object.entries(type[1]).map(([field, fieldType]) => [field, valueOf(fieldType, field, "int")]),
    );
  }
  if (type[0] === "tuple") return [];
  return [valueOf(type[1], name, kind)];
}
