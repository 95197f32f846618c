import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RealPlan } from "./support/recover";
import { ASKED, recoverConfiguration, recoverState } from "./support/recover";
import { Workspace } from "./support/workspace";

jest.setTimeout(60_000);

const FOLDER = join(__dirname, "../../../../test/fixtures/plans");
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json") && name !== "index.json")
  .map((name) => name.replace(/\.json$/, ""));

interface Compared {
  readonly address: string;
  readonly change: Readonly<Record<string, unknown>>;
}

/** What is the same no matter who made the plan, in an order that does not depend on it. */
function comparable(changes: readonly Compared[]): readonly unknown[] {
  return changes
    .map(({ address, change }) => ({
      address,
      actions: change.actions,
      before: change.before,
      after: change.after,
      after_unknown: change.after_unknown,
      before_sensitive: change.before_sensitive,
      after_sensitive: change.after_sensitive,
      replace_paths: ((change.replace_paths as unknown[] | undefined) ?? []).map((path) => JSON.stringify(path)).sort(),
    }))
    .sort((one, other) => (one.address < other.address ? -1 : 1));
}

describe("a plan made in the sandbox equals the plan that the real provider made of the same configuration", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.open();
  });
  afterAll(() => workspace.close());

  it.each(NAMES)("%s", async (name) => {
    const real = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as RealPlan;
    const files = recoverConfiguration(name, real);
    const state = recoverState(real);
    const folder = `${name}/`;
    workspace.write(Object.fromEntries(Object.entries(files).map(([file, text]) => [folder + file, text])));
    if (state !== undefined) workspace.write({ [`${folder}terraform.tfstate`]: state });
    const inside = workspace.within(name);
    await inside.succeed("init", "-input=false");
    const { json } = await inside.plan("-refresh=false", ...(ASKED[name] ?? []));
    expect(comparable((json.resource_changes ?? []) as unknown as Compared[])).toEqual(
      comparable(real.resource_changes),
    );
    expect(json.complete).toBe(real.complete);
  });
});
