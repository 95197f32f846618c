import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, systemCodeOf } from "../../src/core/errors";
import { generateBindings } from "./generate";
import { PACKAGE_ROOT } from "./provider";

/**
 * Makes the bindings: `node --import tsx tools/bindings/main.ts [--all] [--out DIR]`.
 * Exit code 2, and one sentence, when that is not possible.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { all: { type: "boolean" }, out: { type: "string" } } });
  const out = values.out === undefined ? join(PACKAGE_ROOT, "lib") : resolve(values.out);
  const types = await generateBindings({ out, all: values.all ?? false });
  console.error(`${types} types in ${out}`);
}

main().catch((thrown: unknown) => {
  const code = systemCodeOf(thrown);
  console.error(`${code === undefined ? "" : `${code}: `}${messageOf(thrown)}`);
  process.exitCode = 2;
});
