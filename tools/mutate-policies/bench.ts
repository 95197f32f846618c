import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "./cases";
import type { Mutant } from "./mutants";
import { OpaServer, type Answer } from "./opa-server";
import { passedRego } from "./opa-tests";

/** The result of a mutant. */
export type Fate =
  /** A check noticed. */
  | { readonly is: "killed"; readonly by: string }
  | { readonly is: "survived" }
  /** What the condition names is used further on, so nothing compiles without it. */
  | { readonly is: "invalid" };

/** The name of an opa test, or the index of a case. */
type Check = string | number;

/** What the policies are checked by. */
export interface Checks {
  /** Directory of the policies, and all its Rego files, tests included. */
  readonly policies: string;
  readonly files: readonly string[];
  /** Names of the opa tests, `data.a_test.test_b`. */
  readonly tests: readonly string[];
  readonly cases: readonly Case[];
}

/** The policies and everything that checks them in one server, where mutants take the place of a file, one by one. */
export class Bench {
  private readonly order: Check[];
  private changed = "";

  private constructor(
    private readonly checks: Checks,
    private readonly server: OpaServer,
  ) {
    this.order = [...checks.tests, ...checks.cases.keys()];
  }

  public static async open(checks: Checks): Promise<Bench> {
    const server = await OpaServer.start(checks.policies, checks.files);
    const bench = new Bench(checks, server);
    try {
      await accepted(server.putData("cases", checks.cases));
      await accepted(server.putPolicy("mutation_tests.rego", passedRego(checks.tests)));
      await accepted(server.putPolicy("mutation.rego", readFileSync(join(__dirname, "checks.rego"), "utf8")));
      const wrong = await bench.firstFailed();
      // Else nothing that follows would mean anything.
      if (wrong !== undefined) throw new Error(`Expected the policies to pass unchanged, but ${wrong} fails.`);
      return bench;
    } catch (thrown) {
      await bench.close();
      throw thrown;
    }
  }

  public async tryOne({ file, text }: Mutant): Promise<Fate> {
    if (this.changed !== "" && this.changed !== file) {
      const original = readFileSync(join(this.checks.policies, this.changed), "utf8");
      await accepted(this.server.putPolicy(this.changed, original));
    }
    const { status, body } = await this.server.putPolicy(file, text);
    if (status === 400) return { is: "invalid" };
    this.changed = file;
    if (status !== 200) throw new Error(`Expected opa to take ${file} with a change, but it says:\n${body}`);
    const by = await this.firstFailed();
    return by === undefined ? { is: "survived" } : { is: "killed", by };
  }

  public close(): Promise<void> {
    return this.server.stop();
  }

  /** Asks for a few checks first, those that noticed the mutants before: most mutants go no further. */
  private async firstFailed(): Promise<string | undefined> {
    for (let from = 0, size = 8; from < this.order.length; from += size, size *= 3) {
      const some = this.order.slice(from, from + size);
      const found = await this.failed(some);
      if (found === "an error") return found;
      if (found === undefined) continue;
      this.order.splice(this.order.indexOf(found), 1);
      this.order.unshift(found);
      return typeof found === "string" ? found : this.checks.cases[found]?.title;
    }
    return undefined;
  }

  private async failed(some: readonly Check[]): Promise<Check | undefined> {
    const input = {
      cases: some.filter((one) => typeof one === "number"),
      tests: some.filter((one) => typeof one === "string"),
    };
    const { status, body } = await this.server.query("mutation/failed", input);
    // Two values for one thing, say: no decision, which is noticed everywhere.
    if (status === 500) return "an error";
    const { result } = JSON.parse(body) as { result?: readonly Check[] };
    if (status !== 200 || result === undefined) throw new Error(`Expected opa to run checks, but it says:\n${body}`);
    return some.find((one) => result.includes(one));
  }
}

async function accepted(answer: Promise<Answer>): Promise<void> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`Expected opa to take what it is checked with, but it says:\n${body}`);
}
