import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Bench, type Checks, type Fate } from "./bench";
import type { Case } from "./cases";
import { mutantsOf, type Mutant } from "./mutants";
import { testNames } from "./opa-tests";

/** A change that may go unnoticed, and why. */
export interface Allowed {
  readonly file: string;
  readonly change: string;
  readonly why: string;
}

export interface Task {
  /** Directory of Rego files; those named `_test.rego` are tests. */
  readonly policies: string;
  readonly cases: readonly Case[];
  readonly allowed: readonly Allowed[];
  /** Takes only files whose path contains it. @default "", which is all */
  readonly only?: string;
  /** Takes one change of so many, always the same ones. @default 1, which is all */
  readonly oneIn?: number;
  readonly onFate?: (mutant: Mutant, fate: Fate) => void;
}

export interface Outcome {
  /** Changes that no test detects and nothing explains. */
  readonly survivors: readonly Mutant[];
  /** Explanations of changes that are detected, or that no longer exist. */
  readonly idle: readonly Allowed[];
  readonly killed: number;
  readonly invalid: number;
  readonly explained: number;
}

/** Changes the policies in one place after the other, and finds out what no test and no case notices. */
export async function mutate({ policies, cases, allowed, only = "", oneIn = 1, onFate }: Task): Promise<Outcome> {
  const files = readdirSync(policies, { recursive: true, encoding: "utf8" })
    .map((path) => path.split("\\").join("/"))
    .filter((path) => path.endsWith(".rego"))
    .sort();
  const isTest = (file: string): boolean => file.endsWith("_test.rego");
  const mutants = files
    .filter((file) => !isTest(file) && file.includes(only))
    .flatMap((file) => mutantsOf(policies, file))
    .filter((mutant) => isChosen(mutant, oneIn));
  const checks = { policies, files, tests: testNames(policies, files.filter(isTest)), cases };
  const fates = await tryAll(checks, mutants, onFate);
  const survived = mutants.filter((_, i) => fates[i]?.is === "survived");
  const explains = (one: Allowed, { file, change }: Mutant): boolean => one.file === file && one.change === change;
  return {
    survivors: survived.filter((mutant) => !allowed.some((one) => explains(one, mutant))),
    idle: allowed.filter(
      (one) => one.file.includes(only) && isChosen(one, oneIn) && !survived.some((mutant) => explains(one, mutant)),
    ),
    killed: fates.filter((fate) => fate?.is === "killed").length,
    invalid: fates.filter((fate) => fate?.is === "invalid").length,
    explained: survived.filter((mutant) => allowed.some((one) => explains(one, mutant))).length,
  };
}

/** By what it changes, so that other changes do not change the choice. */
function isChosen({ file, change }: Pick<Mutant, "file" | "change">, oneIn: number): boolean {
  return createHash("sha256").update(`${file} ${change}`).digest().readUInt32BE() % oneIn === 0;
}

/** On every core, in order: neighbours are mostly noticed by the same check. */
async function tryAll(checks: Checks, mutants: readonly Mutant[], onFate: Task["onFate"]): Promise<Fate[]> {
  const fates: Fate[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const bench = await Bench.open(checks);
    try {
      for (let i = next++; i < mutants.length; i = next++) {
        fates[i] = await bench.tryOne(mutants[i]!);
        onFate?.(mutants[i]!, fates[i]!);
      }
    } finally {
      // One that failed ends them all.
      next = mutants.length;
      await bench.close();
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  const failed = ended.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return fates;
}
