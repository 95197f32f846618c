import { readFileSync } from "node:fs";
import { join } from "node:path";
import { comparableState } from "../support/comparable-state";
import { Workspace } from "../support/workspace";
import { LOOK_UPS } from "./cases";

jest.setTimeout(120_000);

/** What the released provider found with the same configuration in the sandbox (tools/record). */
const RECORDED: unknown = JSON.parse(readFileSync(join(__dirname, "../fixtures/look-ups.json"), "utf8"));

test("families, prices, images and zones are looked up as with the released provider", async () => {
  const work = await Workspace.open();
  try {
    await work.configure(LOOK_UPS);
    await work.apply();
    expect(comparableState(work.state())).toEqual(RECORDED);
  } finally {
    await work.close();
  }
});
