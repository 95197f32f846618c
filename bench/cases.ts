import { copyFileSync, writeFileSync } from "node:fs";
import { densePlan } from "./dense";
import { generatePlan } from "./generate";
import { writeRealisticPlan } from "./terraform";
import { writeVariedPlan } from "./varied";

/** A plan that is measured. */
export interface Case {
  readonly title: string;
  readonly resources: number;
  readonly bindings: number;
  /** What `anycast check` has to say of it. @default "allowed" */
  readonly verdict?: "allowed" | "denied";
  readonly write: (path: string) => void | Promise<void>;
}

function ofFewKinds(resources: number, bindings: number): Case {
  const write = (path: string): void => writeFileSync(path, JSON.stringify(generatePlan({ resources, bindings })));
  return { title: "of few kinds", resources, bindings, write };
}

/** Plans of few kinds of resources, of resources that all differ, and with many bindings that have to do with each other. */
export const CASES: readonly Case[] = [
  ofFewKinds(100, 20),
  ofFewKinds(1_000, 200),
  ofFewKinds(10_000, 200),
  ofFewKinds(100_000, 2_000),
  {
    title: "no two alike",
    resources: 100_000,
    bindings: 2_000,
    write: (path) => writeVariedPlan({ resources: 100_000, bindings: 2_000 }, path),
  },
  { title: "by Terraform, 35 types in modules", resources: 13_149, bindings: 100, write: writeRealistic },
  {
    title: "1,001 instances of one block, each binding may take any",
    resources: 3_004,
    bindings: 1_001,
    write: (path) => writeDense(path, 1_001, "own"),
  },
  {
    title: "2,000 instances of one block, each binding may take any",
    resources: 6_001,
    bindings: 2_000,
    write: (path) => writeDense(path, 2_000, "own"),
  },
  {
    title: "all bindings on one address",
    resources: 4_002,
    bindings: 2_000,
    verdict: "denied",
    write: (path) => writeDense(path, 2_000, "one"),
  },
];

/** Terraform plans these for minutes: a plan that bench/terraform.ts has made before may be named. */
async function writeRealistic(path: string): Promise<void> {
  const made = process.env.ANYCAST_BENCH_REALISTIC;
  if (made === undefined) await writeRealisticPlan({ services: 363, bound: 100 }, path);
  else copyFileSync(made, path);
}

function writeDense(path: string, bindings: number, addresses: "own" | "one"): void {
  const reach = addresses === "own" ? "any" : "own";
  writeFileSync(path, JSON.stringify(densePlan({ bindings, addresses, reach })));
}
