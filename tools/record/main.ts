/**
 * Records once more what the project holds of the released provider. Needs a binary of it:
 *
 *   ANYCAST_REAL_PROVIDER=/path/to/terraform-provider-alicloud \
 *     node --conditions=anycast-source --import tsx tools/record/main.ts [--check] [NAME...]
 *
 * Without names everything; `--check` writes nothing and says what another version of the provider changes. For a new
 * version change src/bindings/provider.ts first.
 */
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PROVIDER } from "../../src/bindings/provider";
import { recordBehaviour } from "./behaviour/record";
import { keep } from "./changes";
import { recordComplaints } from "./complaints";
import { recordFaults } from "./faults";
import { recordHoles } from "./holes";
import { recordLookUps } from "./look-ups";
import { recordNeighbours } from "./neighbours";
import { recordPlans } from "./plans";
import { recordRealState } from "./real-state";
import type { Recorder } from "./recording";
import { recordSdkPlans } from "./sdk-plans/record";

/** In an order in which each finds what it needs: the sandbox goes by the schema. The last one takes long. */
const RECORDERS: Readonly<Record<string, Recorder>> = {
  behaviour: recordBehaviour,
  plans: recordPlans,
  "sdk-plans": recordSdkPlans,
  holes: recordHoles,
  complaints: recordComplaints,
  "real-state": recordRealState,
  neighbours: recordNeighbours,
  "look-ups": recordLookUps,
  faults: recordFaults,
};

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

function configurationFor(binary: string, folder: string): string {
  symlinkSync(resolve(binary), join(folder, "terraform-provider-alicloud"));
  const names = [PROVIDER.source, `registry.opentofu.org/${PROVIDER.source}`];
  const overrides = names.map((name) => `    "${name}" = "${folder}"\n`).join("");
  const config = join(folder, "terraform.rc");
  writeFileSync(config, `provider_installation {\n  dev_overrides {\n${overrides}  }\n  direct {}\n}\n`);
  return config;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { check: { type: "boolean" } }, allowPositionals: true });
  const binary = process.env.ANYCAST_REAL_PROVIDER ?? "";
  if (binary === "" || !existsSync(binary)) {
    process.stderr.write("ANYCAST_REAL_PROVIDER must name a binary of the released provider.\n");
    return 2;
  }
  const names = positionals.length > 0 ? positionals : Object.keys(RECORDERS);
  const unknown = names.find((name) => !Object.hasOwn(RECORDERS, name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no recorder ${unknown}. Fix: name some of ${Object.keys(RECORDERS).join(", ")}.\n`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "record-"));
  let changed = 0;
  try {
    const released = { binary: resolve(binary), config: configurationFor(binary, folder), tell };
    for (const name of names) {
      const lines = keep(await RECORDERS[name]!(released), { write: values.check !== true, tell });
      tell(`${name}: ${lines === 0 ? "as recorded" : `${lines} lines differ`}`);
      changed += lines;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return values.check === true && changed > 0 ? 1 : 0;
}

void main().then((code) => (process.exitCode = code));
