import { replaced } from "../../../src/plan/source/replaced";

describe("a copy with parts replaced", () => {
  test("replaces only what stands where the path leads, though other parts are the same object", () => {
    const shared = { references: ["a"] };
    const whole = { blocks: [{ id: shared }, { id: shared }], region: shared };
    const copy = replaced(whole, [[["blocks", 1, "id"], { references: [] }]]);
    expect(copy).toEqual({
      blocks: [{ id: { references: ["a"] } }, { id: { references: [] } }],
      region: { references: ["a"] },
    });
    expect(whole.blocks[1]!.id).toBe(shared);
  });

  test("replaces several parts, and members of any name", () => {
    const whole = JSON.parse('{"calls":{"__proto__":{"id":1},"b":{"id":2,"more":3}}}') as Record<string, unknown>;
    const copy = replaced(whole, [
      [["calls", "__proto__", "id"], 7],
      [["calls", "b", "id"], 8],
    ]);
    expect(JSON.stringify(copy)).toBe('{"calls":{"__proto__":{"id":7},"b":{"id":8,"more":3}}}');
  });
});
