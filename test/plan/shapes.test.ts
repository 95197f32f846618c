import fc from "fast-check";
import { Templates } from "../../src/plan/slices/placeholders";
import { Shapes } from "../../src/plan/slices/shapes";
import { NamedWriter, type Writer } from "../../src/plan/slices/writer";

type Op = readonly ["raw" | "json" | "string" | "name" | "index", string];
/** What to write: pieces, and objects that each write pieces of their own. */
type Item = Op | number;

const PINNED = new Set(["pinned"]);
const CHUNK = { text: "chunk", values: ["value"] };

function write(writer: Writer, ops: readonly Op[]): void {
  for (const [kind, text] of ops)
    if (kind === "raw") writer.raw(text);
    else if (kind === "json") writer.json(text);
    else if (kind === "string") writer.string(text);
    else if (kind === "index") writer.token("index", text);
    else writer.token(text.startsWith("k") ? "key" : "name", text);
  writer.chunk(CHUNK);
}

function writeAll(writer: Writer, items: readonly Item[], objects: readonly { readonly ops: readonly Op[] }[]): void {
  for (const item of items)
    if (typeof item !== "number") write(writer, [item]);
    else writer.part(objects[item]!, (to) => write(to, objects[item]!.ops));
}

const text = fc.constantFrom(
  "a",
  "b",
  "k1",
  "k2",
  "value",
  "pinned",
  "x y",
  'q"q',
  "9170",
  "7",
  "12",
  "zq9x000z",
  "\u0001",
);
const op = fc.tuple(fc.constantFrom("raw", "json", "string", "name", "index"), text) as fc.Arbitrary<Op>;
const objects = fc.array(fc.record({ ops: fc.array(op, { maxLength: 5 }) }), { minLength: 3, maxLength: 3 });
const items = fc.array(fc.oneof(op, fc.nat({ max: 2 })), { maxLength: 6 });

test("a shape with its names put back is what was written, whether its parts were written before or not", () => {
  const seen = { shaped: 0 };
  fc.assert(
    fc.property(objects, fc.array(items, { minLength: 2, maxLength: 8 }), (all, slices) => {
      const shapes = new Shapes(PINNED);
      const templates = new Templates();
      for (const slice of slices) {
        const named = new NamedWriter(PINNED);
        writeAll(named, slice, all);
        const writer = shapes.writer();
        writeAll(writer, slice, all);
        const shape = writer.shape();
        const alone = new Shapes(PINNED).writer();
        writeAll(
          alone,
          slice,
          all.map(({ ops }) => ({ ops })),
        );
        expect(shape).toEqual(alone.shape());
        if (shape === undefined) continue;
        seen.shaped++;
        expect(templates.fill(shape.text, shape.names)).toBe(named.text());
      }
    }),
    { numRuns: 1000 },
  );
  expect(seen.shaped).toBeGreaterThan(500);
});
