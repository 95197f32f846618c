/**
 * Records once more what the sandbox is compared with: how the released provider behaves in the sandbox. Needs a binary of it:
 *
 *   ANYCAST_REAL_PROVIDER=/path/to/terraform-provider-alicloud \
 *     node --conditions=anycast-source --import tsx tools/record/main.ts [--check] [NAME...]
 *
 * Without names all of them: holes, complaints, neighbours, real-state, faults (the last one takes long). `--check` writes
 * nothing and says what another version of the provider changes.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { recordComplaints } from "./complaints";
import { recordFaults } from "./faults";
import { recordHoles } from "./holes";
import { recordNeighbours } from "./neighbours";
import { recordRealState } from "./real-state";

const FIXTURES = join(__dirname, "../../packages/sandbox/test/provider/fixtures");
const tell = (line: string): void => void process.stdout.write(`${line}\n`);

/** Name to the work; each writes the fixture of its name. */
const RECORDERS: Readonly<Record<string, (config: string) => Promise<void>>> = {
  holes: recordHoles,
  complaints: recordComplaints,
  "real-state": recordRealState,
  neighbours: recordNeighbours,
  faults: (config) => recordFaults(config, tell),
};

/** A configuration of terraform that takes the binary for the provider, without an installation. */
function configurationFor(binary: string, folder: string): string {
  symlinkSync(resolve(binary), join(folder, "terraform-provider-alicloud"));
  const overrides = ["aliyun/alicloud", "registry.opentofu.org/aliyun/alicloud"].map(
    (name) => `    "${name}" = "${folder}"\n`,
  );
  const config = join(folder, "terraform.rc");
  writeFileSync(config, `provider_installation {\n  dev_overrides {\n${overrides.join("")}  }\n  direct {}\n}\n`);
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
    const config = configurationFor(binary, folder);
    for (const name of names) changed += await record(name, config, values.check === true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return values.check === true && changed > 0 ? 1 : 0;
}

/** @returns how many lines of the fixture differ from before */
async function record(name: string, config: string, check: boolean): Promise<number> {
  const file = join(FIXTURES, `${name}.json`);
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  await RECORDERS[name]!(config);
  const after = existsSync(file) ? readFileSync(file, "utf8") : "";
  const [old, next] = [before, after].map((text) => text.split("\n"));
  const gone = old!.filter((line) => !next!.includes(line));
  const fresh = next!.filter((line) => !old!.includes(line));
  for (const line of gone) tell(`- ${line}`);
  for (const line of fresh) tell(`+ ${line}`);
  tell(`${name}: ${fresh.length} lines differ`);
  if (check && before !== "") writeFileSync(file, before);
  return fresh.length;
}

void main().then((code) => (process.exitCode = code));
