import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { tables, type Proven, type Refused } from "../../test/gate/support/cases";

const GATE = join(__dirname, "..", "..", "test", "gate");

/** The tables of test/gate. Their files are read without running anything in them. */
export function readTables(): readonly (Refused | Proven)[] {
  const load = createRequire(__filename);
  const nothing = (): void => undefined;
  const test = Object.assign(nothing, { each: () => nothing });
  const describe = (_title: string, body: () => void): void => body();
  // Jest's own come back: this may run inside a test.
  const own = { test: globalThis.test, it: globalThis.it, describe: globalThis.describe };
  Object.assign(globalThis, { test, it: test, describe });
  try {
    for (const name of readdirSync(GATE).sort()) {
      const path = join(GATE, name);
      if (name.endsWith(".test.ts") && readFileSync(path, "utf8").includes("./support/cases")) load(path);
    }
  } finally {
    Object.assign(globalThis, own);
  }
  if (tables.length === 0) throw new Error("Expected the tests of the gate to hold tables, but none was found.");
  return tables;
}
