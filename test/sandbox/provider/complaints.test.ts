import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REQUIRED, Workspace } from "./support/workspace";

jest.setTimeout(60_000);

/**
 * Blocks with something wrong in most of them, and the errors that the released provider 1.289.0 answered when
 * terraform validated them, without its hint at a variable. What a pattern's error says beyond that there is one is
 * left out: the words are those of another language's library.
 */
type Observed = readonly [kind: "resource" | "data", type: string, body: string, errors: readonly string[]];

const OBSERVED = JSON.parse(readFileSync(join(__dirname, "fixtures/complaints.json"), "utf8")) as readonly Observed[];

interface Validation {
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly snippet?: { readonly context: string | null };
  }[];
}

describe("a configuration with something wrong in it", () => {
  let answered: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    const workspace = await Workspace.open();
    const blocks = OBSERVED.map(([kind, type, body], at) => `${kind} "${type}" "x${at}" {\n${body}\n}\n`);
    workspace.write({ "main.tf": REQUIRED + blocks.join("") });
    await workspace.succeed("init", "-input=false");
    const validation = JSON.parse((await workspace.terraform("validate", "-json")).stdout) as Validation;
    const found = new Map<string, string[]>();
    for (const { severity, summary, snippet } of validation.diagnostics) {
      if (severity !== "error") continue;
      const name = /" "(x\d+)"$/.exec(snippet?.context ?? "")?.[1] ?? "";
      found.set(name, [...(found.get(name) ?? []), summary.replace(/(error parsing regexp).*/s, "$1").trimEnd()]);
    }
    answered = found;
    await workspace.close();
  });

  it("is refused in every case that was observed, and only there", () => {
    const refused = OBSERVED.flatMap(([, , , errors], at) => (errors.length > 0 ? [`x${at}`] : []));
    expect([...answered.keys()].sort()).toEqual(refused.sort());
  });

  it.each(
    OBSERVED.map(([, type, body, errors], at) => [at, type, body, errors] as const).filter((one) => one[3].length > 0),
  )("is refused in the words of the released provider (%i: %s, %j)", (at, _type, _body, errors) => {
    expect([...(answered.get(`x${at}`) ?? [])].sort()).toEqual([...errors].sort());
  });
});
