import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { RawBlock } from "../../../packages/sandbox/src/provider/schema/raw";
import { seededRandom } from "../../../packages/sandbox/src/internet/random";
import { resourceTypes } from "../../../packages/sandbox/src/provider/resources";
import { packed } from "../packed";
import type { Plugin } from "../../../packages/sandbox/test/provider/support/plugin";
import { startPlugin } from "../../../packages/sandbox/test/provider/support/plugin";
import { askForPlan, fromJson, toJson, whole } from "../ask";
import type { Files, Released } from "../recording";
import { FIXTURES, linesOf } from "../recording";
import { DUMMY_KEYS } from "../released";
import { schemaOf } from "../schema";
import type { Input } from "./inputs";
import { randomInputs } from "./inputs";

const FILE = `${FIXTURES}/sdk-plans.json.gz`;
/** Plans of each type. */
const EACH = 30;

interface Recorded {
  readonly type: string;
  readonly prior: unknown;
  readonly proposed: unknown;
  readonly planned: unknown;
  readonly replace: readonly unknown[];
}

/**
 * Has the released provider plan each simulated type once more, from the recorded states and configurations; of a type that
 * has none, from random ones.
 */
export async function recordSdkPlans(released: Released): Promise<Files> {
  const { resource_schemas: schemas } = (await schemaOf(released)).schemas;
  const before = previous();
  const plugin = await startPlugin(released.binary, DUMMY_KEYS);
  try {
    const records: Recorded[] = [];
    for (const type of resourceTypes.keys()) {
      const { block } = schemas[type]!;
      const inputs = before.filter((one) => one.type === type).map(inputOf);
      records.push(
        ...(inputs.length > 0 ? await plansOf(plugin, type, block, inputs) : await newPlans(plugin, type, block)),
      );
    }
    return { [FILE]: packed(linesOf(records)) };
  } finally {
    plugin.stop();
  }
}

function previous(): readonly Recorded[] {
  const path = join(__dirname, "../../..", FILE);
  return existsSync(path) ? (JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as Recorded[]) : [];
}

const inputOf = ({ prior, proposed }: Recorded): Input => [fromJson(prior), fromJson(proposed)];

/** @throws Error when the provider refuses one: recorded inputs must remain plans */
async function plansOf(plugin: Plugin, type: string, block: RawBlock, inputs: readonly Input[]): Promise<Recorded[]> {
  const records: Recorded[] = [];
  for (const input of inputs) {
    const found = await planOf(plugin, type, block, input);
    if (typeof found === "string") throw new Error(`The provider refuses a recorded plan of ${type}: ${found}`);
    records.push(found);
  }
  return records;
}

/** Random values that the provider's own rules refuse are left out. */
async function newPlans(plugin: Plugin, type: string, block: RawBlock): Promise<Recorded[]> {
  const random = seededRandom(type);
  const records: Recorded[] = [];
  for (let tries = 0; records.length < EACH && tries < 20 * EACH; tries++) {
    const found = await planOf(plugin, type, block, randomInputs(block, 1, random)[0]!);
    if (typeof found !== "string") records.push(found);
  }
  return records;
}

async function planOf(
  plugin: Plugin,
  type: string,
  block: RawBlock,
  [prior, proposed]: Input,
): Promise<Recorded | string> {
  const asked = [whole(block, prior), whole(block, proposed)] as const;
  const { planned, replace, errors } = await askForPlan(plugin, type, block, asked);
  if (errors.length > 0) return errors.join("; ");
  const paths = [...new Set(replace.map((path) => JSON.stringify(path)))]
    .sort()
    .map((path) => JSON.parse(path) as unknown);
  return { type, prior: toJson(prior), proposed: toJson(proposed), planned: toJson(planned), replace: paths };
}
