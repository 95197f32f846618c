import { guessEnd } from "../../../../src/plan/file/document/guess-end";

const MEGABYTE = 1024 * 1024;
const VALUES = '{"planned_values":{';
const CHANGES = '},"resource_changes":[';
const CHANGE = '{"change":{"actions":["create"]}},';

/** A document of so many megabytes of planned values, and then this. */
function document(megabytes: number, then: string): { readonly bytes: Buffer; readonly end: number } {
  const values = VALUES + "v".repeat(megabytes * MEGABYTE);
  return { bytes: Buffer.from(values + then), end: values.length + 1 };
}

const guess = (bytes: Buffer): number | undefined => guessEnd(bytes, VALUES.length - 1);

describe("the end of the planned values is guessed", () => {
  test.each([0, 1, 4, 5, 13])("where changes follow %d megabytes", (megabytes) => {
    const { bytes, end } = document(megabytes, CHANGES + CHANGE.repeat(300_000));
    expect(guess(bytes)).toBe(end);
  });

  test.each([
    ["few changes", CHANGES + CHANGE],
    ["no changes", `${CHANGES}],"configuration":{}}`],
    ["changes that are too large to be seen", `${CHANGES}${"c".repeat(10 * MEGABYTE)}${CHANGE.repeat(100_000)}`],
    ["drift", `},"resource_drift":[${CHANGE.repeat(200_000)}],"resource_changes":[${CHANGE.repeat(200_000)}`],
  ])("where %s follow", (_, then) => {
    const { bytes, end } = document(6, then);
    expect(guess(bytes)).toBe(end);
  });

  test("where they hold what changes look like", () => {
    const { bytes, end } = document(6, "");
    const like = Buffer.concat([bytes.subarray(0, -100), Buffer.from(CHANGE.repeat(300_000)), Buffer.from(CHANGES)]);
    expect(guess(like)).toBeGreaterThan(end);
  });

  test.each([
    ["nothing", "}}"],
    ["another member", `},"resource_other":[${CHANGE}`],
    ["other parts of the document", `},"configuration":{${CHANGE.repeat(300_000)}`],
  ])("not where %s follows", (_, then) => {
    expect(guess(document(6, then).bytes)).toBeUndefined();
  });
});
