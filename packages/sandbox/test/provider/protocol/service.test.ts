import type { MethodDefinition } from "@grpc/grpc-js";
import { METHODS, providerService } from "../../../src/provider/protocol/service";
import type { Message } from "../../../src/provider/protocol/service";

const method = (name: string): MethodDefinition<Message, Message> =>
  providerService()[name] as MethodDefinition<Message, Message>;

describe("the service that terraform calls", () => {
  it("has every method that the sandbox answers, under terraform's path", () => {
    for (const name of METHODS) expect([name, method(name).path]).toEqual([name, `/tfplugin5.Provider/${name}`]);
  });

  it.each([
    // Worked out by hand from the encoding rules of protocol buffers.
    ["the step 0 of a path, although it is the default value", { elementKeyInt: 0 }, "1800"],
    ["a step by name", { attributeName: "a" }, "0a0161"],
  ])("writes %s", (_, step, hex) => {
    const length = (hex.length / 2).toString(16).padStart(2, "0");
    const inner = `0a${length}${hex}`;
    const attribute = (inner.length / 2).toString(16).padStart(2, "0");
    const diagnostic = `0801120173` + `22${attribute}${inner}`;
    const bytes = method("ValidateResourceTypeConfig").responseSerialize({
      diagnostics: [{ severity: 1, summary: "s", attribute: { steps: [step] } }],
    });
    expect(bytes.toString("hex")).toBe(`0a${(diagnostic.length / 2).toString(16).padStart(2, "0")}${diagnostic}`);
  });

  it("reads what it writes, with names in camel case and unchanged bytes", () => {
    const { requestSerialize, requestDeserialize } = method("PlanResourceChange");
    const config = { msgpack: Buffer.from([0, 255, 1]), json: Buffer.alloc(0) };
    const read = requestDeserialize(
      requestSerialize({ typeName: "alicloud_vpc", config, priorPrivate: Buffer.from("x") }),
    );
    expect(read).toMatchObject({ typeName: "alicloud_vpc", config, priorPrivate: Buffer.from("x"), priorState: null });
  });

  it("ignores unknown fields", () => {
    // Field 999 as text, then the name of the type.
    const bytes = Buffer.from("ba3e0161" + "0a0163", "hex");
    expect(method("ReadResource").requestDeserialize(bytes)).toMatchObject({ typeName: "c" });
  });

  it.each([
    ["inside a number", "0aff"],
    ["with an unknown kind of field", "0e"],
  ])("refuses a message that is malformed %s", (_, hex) => {
    expect(() => method("ReadResource").requestDeserialize(Buffer.from(hex, "hex"))).toThrow();
  });

  it("encodes the same schema once, and another schema separately", () => {
    const { responseSerialize } = method("GetSchema");
    const schema = { provider: { version: 1 } };
    expect(responseSerialize(schema)).toBe(responseSerialize(schema));
    expect(responseSerialize({ provider: { version: 2 } })).not.toEqual(responseSerialize(schema));
  });
});
