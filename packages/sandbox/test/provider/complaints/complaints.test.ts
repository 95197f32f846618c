import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../support/workspace";
import type { Block, Observed, Said } from "./ask";
import { configurationOf, saidOf } from "./ask";

jest.setTimeout(120_000);

/** Recorded with the released provider (tools/record). */
const OBSERVED = JSON.parse(
  readFileSync(join(__dirname, "../fixtures/complaints.json"), "utf8"),
) as readonly Observed[];
const BLOCKS = OBSERVED.map(([kind, type, body]): Block => [kind, type, body]);

/** What the sandbox says of each block. */
async function answers(env: NodeJS.ProcessEnv): Promise<readonly Said[]> {
  const workspace = await Workspace.open({ baseEnv: { ...process.env, ...env } });
  try {
    workspace.write({ "main.tf": configurationOf(BLOCKS) });
    await workspace.succeed("init", "-input=false");
    return saidOf((await workspace.terraform("validate", "-json")).stdout, BLOCKS);
  } finally {
    await workspace.close();
  }
}

describe.each([
  ["with default settings", {}, 3],
  ["with TF_SKIP_RESOURCE_SCHEMA_VALIDATION", { TF_SKIP_RESOURCE_SCHEMA_VALIDATION: "true" }, 4],
] as const)("an invalid configuration, %s", (_, env, column) => {
  let answered: readonly Said[];
  beforeAll(async () => {
    answered = await answers(env);
  });

  it("is refused in exactly the recorded cases", () => {
    const refused = OBSERVED.flatMap((one, at) => (one[column].errors === undefined ? [] : [at]));
    expect(answered.flatMap((one, at) => (one.errors === undefined ? [] : [at]))).toEqual(refused);
  });

  it.each(
    OBSERVED.map((one, at) => [at, one[1], one[2], one[column]] as const).filter(
      (one) => Object.keys(one[3]).length > 0,
    ),
  )("gets the released provider's messages (%i: %s, %j)", (at, _type, _body, said) => {
    expect(answered[at]).toEqual(said);
  });
});
