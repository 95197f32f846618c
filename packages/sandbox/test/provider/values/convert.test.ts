import { conform } from "../../../src/provider/values/convert";
import { fromFlatmap } from "../../../src/provider/values/flatmap";
import type { CtyType } from "../../../src/provider/values/value";

const TYPE: CtyType = [
  "object",
  {
    id: "string",
    port: "number",
    on: "bool",
    tags: ["map", "string"],
    zones: ["list", "string"],
    servers: ["set", ["object", { id: "string", weight: "number" }]],
  },
];

describe("state of another version", () => {
  it("keeps what the schema has, drops what it does not have, and converts strings", () => {
    const saved = {
      id: "lb-1",
      port: "80",
      on: "true",
      gone: "x",
      tags: { a: 1 },
      servers: [{ id: "i-1", weight: "5", old: 1 }],
    };
    expect(conform(TYPE, saved)).toEqual({
      id: "lb-1",
      port: 80,
      on: true,
      tags: { a: "1" },
      zones: null,
      servers: [{ id: "i-1", weight: 5 }],
    });
  });

  it("reads the flat keys of Terraform before 0.12", () => {
    const flat = {
      id: "lb-1",
      port: "80",
      on: "1",
      "tags.%": "1",
      "tags.a": "b",
      "zones.#": "2",
      "zones.1": "b",
      "zones.0": "a",
      "servers.#": "1",
      "servers.123456.id": "i-1",
      "servers.123456.weight": "5",
    };
    expect(fromFlatmap(TYPE, flat)).toEqual({
      id: "lb-1",
      port: 80,
      on: true,
      tags: { a: "b" },
      zones: ["a", "b"],
      servers: [{ id: "i-1", weight: 5 }],
    });
    expect(fromFlatmap(TYPE, { id: "lb-1" })).toMatchObject({ tags: null, zones: null, servers: null, port: null });
  });
});
