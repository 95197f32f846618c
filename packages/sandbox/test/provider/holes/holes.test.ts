import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../support/workspace";
import { HOLES, HOLES_FILES, plannedOf } from "./cases";

jest.setTimeout(120_000);

/** Recorded with the released provider (tools/record). */
const RECORDED = JSON.parse(readFileSync(join(__dirname, "../fixtures/holes.json"), "utf8")) as readonly unknown[];

describe("a plan from a state with a null in a nested block", () => {
  let planned: readonly unknown[];
  beforeAll(async () => {
    const work = await Workspace.open();
    try {
      work.write(HOLES_FILES);
      await work.succeed("init", "-input=false");
      planned = plannedOf((await work.plan("-refresh=false")).json);
    } finally {
      await work.close();
    }
  });

  it("is recorded for every case", () => {
    expect(RECORDED).toHaveLength(HOLES.length);
  });

  it.each(HOLES.map(({ type, state }, at) => [at, type, JSON.stringify(state)] as const))(
    "equals that of the released provider (%i: %s, %s)",
    (at) => {
      expect(planned[at]).toEqual(RECORDED[at]);
    },
  );
});
