import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../support/workspace";
import { neighbours, neighboursIn } from "./configuration";

jest.setTimeout(120_000);

/** Recorded with the released provider (tools/record). */
const RECORDED = JSON.parse(readFileSync(join(__dirname, "../fixtures/neighbours.json"), "utf8")) as unknown;

describe("access control lists, certificates and master/slave groups", () => {
  let work: Workspace;
  beforeAll(async () => {
    work = await Workspace.open();
    await work.configure(await neighbours());
    await work.apply();
  });
  afterAll(() => work.close());

  it("have the same state as with the released provider, and nothing is planned afterwards", async () => {
    expect((await work.plan()).changes).toEqual([]);
    await work.succeed("apply", "-refresh-only", "-input=false", "-auto-approve");
    expect(neighboursIn(work.state())).toEqual(RECORDED);
  });

  it("are all gone after a destroy, and no private key is kept", async () => {
    const kept = JSON.stringify(work.sandbox.status()) + readFileSync(join(work.sandbox.directory, "journal"), "utf8");
    expect(kept).not.toContain("PRIVATE KEY");
    await work.succeed("destroy", "-input=false", "-auto-approve");
    expect(work.sandbox.status().objects.filter(({ kind }) => kind !== "resource-group")).toEqual([]);
  });
});
