import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadWasmPolicy } from "../../src/policy";
import { evaluateInLittleMemory, LARGE } from "./support/little-memory";

const TRAPS = readFileSync(join(__dirname, "..", "fixtures", "wasm", "traps.wasm"));

function trap(entrypoint: string): ReturnType<typeof loadWasmPolicy> {
  return loadWasmPolicy(TRAPS, {}, `traps/${entrypoint}`);
}

describe("a compiled policy", () => {
  it("returns the value of the given entrypoint for exactly the given input", () => {
    expect(trap("echo").evaluate({ a: [1, "ü", null] })).toEqual({ got: { a: [1, "ü", null] } });
  });

  it("can be evaluated repeatedly", () => {
    const policy = trap("echo");
    for (const n of [1, 2, 3]) expect(policy.evaluate({ n })).toEqual({ got: { n } });
  });

  it.each([
    ["a Buffer", Buffer.from("{}")],
    ["an ArrayBuffer", new ArrayBuffer(2)],
    ["JSON text", '{"a":1}'],
    ["a list", []],
    ["null", null],
    ["undefined", undefined],
    ["false", false],
    ["zero", 0],
    ["an empty string", ""],
    ["an instance of a class", new Date(0)],
  ])("refuses %s as input instead of misreading it", (_name, input) => {
    expect(() => trap("echo").evaluate(input as never)).toThrow(
      expect.objectContaining({ code: "PolicyInputInvalid" }),
    );
  });

  it.each(["undefined", "number"])("treats a decision that is %s as no decision", (entrypoint) => {
    expect(() => trap(entrypoint).evaluate({})).toThrow(expect.objectContaining({ code: "PolicyUndefined" }));
  });

  it("turns the string that the SDK throws into an error", () => {
    expect(() => trap("conflict").evaluate({ a: 1, b: 2 })).toThrow(
      expect.objectContaining({ name: "AnycastError", code: "PolicyFailed" }),
    );
  });

  it("fails on a builtin that is not implemented", () => {
    expect(() => trap("builtin").evaluate({})).toThrow(expect.objectContaining({ code: "PolicyFailed" }));
  });

  it("fails on input that is nested too deeply", () => {
    let deep: object = {};
    for (let i = 0; i < 200_000; i++) deep = { deep };
    expect(() => trap("echo").evaluate(deep)).toThrow(expect.objectContaining({ code: "PolicyFailed" }));
  });

  it.each(Object.entries(LARGE))("names its memory where %s takes more", (_, input) => {
    expect(() => evaluateInLittleMemory(input)).toThrow(
      expect.objectContaining({
        code: "PolicyMemoryExceeded",
        message: expect.stringContaining("at most 4294967296 bytes (4 GiB)") as string,
      }),
    );
  });

  it("is not loaded without the entrypoint, which the SDK would replace by the first one", () => {
    expect(() => trap("missing")).toThrow(expect.objectContaining({ code: "PolicyNotLoaded" }));
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["garbage", Buffer.from("not wasm")],
    ["half of the module", TRAPS.subarray(0, TRAPS.length / 2)],
  ])("is not loaded from %s", (_name, bytes) => {
    expect(() => loadWasmPolicy(bytes, {}, "traps/echo")).toThrow(expect.objectContaining({ code: "PolicyNotLoaded" }));
  });

  it("leaves the console unchanged, and prints nothing", () => {
    const { log } = console;
    const write = jest.spyOn(process.stdout, "write").mockImplementation(() => true);
    try {
      expect(() => trap("conflict").evaluate({ a: 1, b: 2 })).toThrow();
      expect(write).not.toHaveBeenCalled();
      // eslint-disable-next-line no-console
      expect(console.log).toBe(log);
    } finally {
      write.mockRestore();
    }
  });
});
