/**
 * Writes plans in which no two resources are alike: `node --import tsx bench/varied.ts RESOURCES BINDINGS FILE`. Each has a
 * name and attributes of its own, most a type of their own, and the order of its members and its white space are its own.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { generatePlan, type PlanSize } from "./generate";
import { randomFrom } from "./verify/random";

type Json = Record<string, unknown>;

/** Text is handed to the file in pieces of about so many characters: a plan of 100,000 resources fits into no string. */
const PIECE = 4_000_000;
const WORDS = [
  "zone",
  "class",
  "engine",
  "policy",
  "quota",
  "label",
  "scope",
  "window",
  "backup",
  "secret",
  "route",
  "peer",
];
const SPACES = ["", "", " ", "\n  ", "\t", "\r\n", "  \n\n "];

/** Writes a plan that is allowed, of so many resources with so many bindings among them. */
export function writeVariedPlan(size: PlanSize, path: string, seed = 1): void {
  const random = randomFrom(seed);
  const plan = generatePlan(size);
  const types = new Map<string, string>();
  for (const change of plan.resource_changes as Json[]) vary(change, random, types);
  renameBlocks(plan, types);
  const writer = new Writer(path, random);
  writer.value(plan, 0);
  writer.end();
}

/** Gives a resource that has nothing to do with bindings a type, attributes and values of its own. */
function vary(change: Json, random: () => number, types: Map<string, string>): void {
  const { type, name, address } = change as { type: string; name: string; address: string };
  if (!/^r\d+$/.test(name)) return;
  const own = random() < 0.2 ? type : `${type}_${pick(WORDS, random)}_${String(Math.floor(random() * 100_000))}`;
  types.set(address, own);
  change.type = own;
  change.address = `${own}.${name}`;
  const { after } = change.change as { after: Json };
  for (let n = Math.floor(random() * 8); n > 0; n--)
    after[`${pick(WORDS, random)}_${String(Math.floor(random() * 1000))}`] = someValue(random, 2);
}

function someValue(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth === 0 ? 4 : 6));
  if (kind === 0) return random() < 0.5;
  if (kind === 1) return Math.floor(random() * 1e9);
  if (kind === 2) return null;
  if (kind === 3)
    return `${pick(WORDS, random)} "${random().toString(36)}" \\ é ${"x".repeat(Math.floor(random() * 60))}`;
  const values = Array.from({ length: Math.floor(random() * 4) }, () => someValue(random, depth - 1));
  return kind === 4 ? values : Object.fromEntries(values.map((value) => [random().toString(36).slice(2), value]));
}

function renameBlocks(plan: Json, types: ReadonlyMap<string, string>): void {
  const { configuration, planned_values: planned } = plan as {
    configuration: { root_module: Json };
    planned_values: Json;
  };
  const listed = [configuration.root_module, planned.root_module as Json].flatMap(
    ({ resources }) => resources as Json[],
  );
  for (const one of listed) {
    const own = types.get(one.address as string);
    if (own === undefined) continue;
    one.type = own;
    one.address = `${own}.${String(one.name)}`;
  }
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)]!;
}

/** JSON whose members come in any order, with any white space between them. */
class Writer {
  private readonly file: number;
  private text = "";
  private space = "";

  public constructor(
    path: string,
    private readonly random: () => number,
  ) {
    this.file = openSync(path, "w");
  }

  /** @param depth the first levels hold the plan's parts and lists of resources, whose order is Terraform's own */
  public value(value: unknown, depth: number): void {
    if (typeof value !== "object" || value === null) {
      this.add(JSON.stringify(value));
      return;
    }
    if (Array.isArray(value)) this.items(value as unknown[], depth);
    else this.members(value as Json, depth);
  }

  public end(): void {
    writeSync(this.file, this.text);
    closeSync(this.file);
  }

  private items(items: readonly unknown[], depth: number): void {
    this.add("[");
    items.forEach((item, i) => {
      // Each resource has white space of its own.
      if (depth < 5) this.space = pick(SPACES, this.random);
      this.add(i === 0 ? this.space : `,${this.space}`);
      this.value(item, depth + 1);
    });
    this.add("]");
  }

  private members(members: Json, depth: number): void {
    const entries = Object.entries(members).filter(([, value]) => value !== undefined);
    if (depth > 0) this.shuffle(entries);
    this.add("{");
    entries.forEach(([name, value], i) => {
      this.add(`${i === 0 ? "" : ","}${this.space}${JSON.stringify(name)}:${this.space.slice(0, 1)}`);
      this.value(value, depth + 1);
    });
    this.add(`${this.space}}`);
  }

  private shuffle(entries: unknown[]): void {
    for (let i = entries.length - 1; i > 0; i--) {
      const k = Math.floor(this.random() * (i + 1));
      [entries[i], entries[k]] = [entries[k], entries[i]];
    }
  }

  private add(text: string): void {
    this.text += text;
    if (this.text.length < PIECE) return;
    writeSync(this.file, this.text);
    this.text = "";
  }
}

if (require.main === module) {
  const [resources, bindings, file] = process.argv.slice(2);
  writeVariedPlan({ resources: Number(resources), bindings: Number(bindings) }, file!);
}
