import type { RawBlock } from "../../../packages/sandbox/src/provider/schema/raw";
import type { CtyType, ObjectValue, Value } from "../../../packages/sandbox/src/provider/values/value";
import { isArray, isObject, UNKNOWN } from "../../../packages/sandbox/src/provider/values/value";
import { canonical } from "../../../packages/sandbox/src/provider/values/value";
import type { Plugin } from "../../../packages/sandbox/test/provider/support/plugin";
import { askForPlan, askForValidation, whole } from "../ask";
import type { Facts } from "./facts";
import { put } from "./facts";
import { goDuration } from "./go-duration";

/** A resource type or data source of the provider. */
export interface Asked {
  readonly plugin: Plugin;
  readonly kind: "resource" | "data source";
  readonly type: string;
  readonly block: RawBlock;
}

/** The SDK's own key for the time limits that it keeps with a plan. */
const TIMEOUTS = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0";

/** What a creation with nothing set tells: defaults, and how long operations may take by default. */
export async function observeCreation(
  asked: Asked,
  attributes: Readonly<Record<string, Facts>>,
): Promise<Record<string, string>> {
  const empty = whole(asked.block, {}) as ObjectValue;
  const { planned, kept, errors } = await askForPlan(asked.plugin, asked.type, asked.block, [null, empty]);
  const limits = (JSON.parse(kept === "" ? "{}" : kept) as Record<string, Record<string, number>>)[TIMEOUTS] ?? {};
  if (errors.length === 0 && isObject(planned)) {
    for (const [name, facts] of Object.entries(attributes)) putDefault(facts, planned[name] ?? null);
  }
  return Object.fromEntries(
    Object.entries(limits).map(([operation, nanoseconds]) => [operation, goDuration(nanoseconds)]),
  );
}

/** What is planned of an attribute that is not set, and is not left to the cloud. */
function putDefault(facts: Facts, planned: Value): void {
  if (facts.required === true || facts.block !== undefined) return;
  if (isArray(planned) || planned === UNKNOWN || isObject(planned)) return;
  if (planned === null) {
    // A default may be suppressed, where another attribute decides whether it counts.
    if (facts.diff_suppress !== true && facts.removed === undefined)
      put(facts, "default", facts.computed === true ? undefined : false);
    return;
  }
  if (facts.default_func_value === undefined) facts.default = typed(facts.type, planned);
}

const typed = (type: string, value: Value): Value => (type === "TypeInt" ? Number(value) : value);

/** What a creation with everything set tells: which attributes cannot be changed in place. */
export async function observeReplacement(asked: Asked, attributes: Readonly<Record<string, Facts>>): Promise<void> {
  const all = whole(asked.block, everything(asked.block)) as ObjectValue;
  const { planned, replace, errors } = await askForPlan(asked.plugin, asked.type, asked.block, [null, all]);
  if (errors.length > 0 || !isObject(planned)) return;
  const paths = new Set(replace.map((path) => path.filter((step) => typeof step === "string").join(".")));
  putReplacement(attributes, "", paths, { planned, proposed: all });
}

function putReplacement(
  attributes: Readonly<Record<string, Facts>>,
  path: string,
  paths: ReadonlySet<string>,
  { planned, proposed }: { readonly planned: Value; readonly proposed: Value },
): void {
  for (const [name, facts] of Object.entries(attributes)) {
    const at = path === "" ? name : `${path}.${name}`;
    const mine: Value = fieldOf(planned, name);
    const asked: Value = fieldOf(proposed, name);
    // What is inside a set has no path of its own.
    if (facts.block !== undefined && facts.type !== "TypeSet")
      putReplacement(facts.block as Record<string, Facts>, at, paths, {
        planned: firstOf(mine),
        proposed: firstOf(asked),
      });
    const isSet = asked !== null && (facts.optional === true || facts.required === true);
    if (facts.block !== undefined) continue;
    if (paths.has(at)) facts.force_new = true;
    else if (isSet && canonical(mine) === canonical(asked)) put(facts, "force_new", false);
  }
}

const fieldOf = (value: Value, name: string): Value => (isObject(value) ? value[name] : undefined) ?? null;
const firstOf = (value: Value): Value => (isArray(value) ? value[0] : undefined) ?? null;

/** Every attribute that can be set, with a value that is not the zero of its type. */
function everything(block: RawBlock): ObjectValue {
  const attributes = Object.entries(block.attributes ?? {})
    .filter(([, one]) => one.optional === true || one.required === true)
    .map(([name, one]): [string, Value] => [name, example(one.type ?? "string")]);
  const blocks = Object.entries(block.block_types ?? {})
    .filter(([, { nesting_mode }]) => nesting_mode !== "single")
    .map(([name, nested]): [string, Value] => [name, [everything(nested.block)]]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function example(type: CtyType): Value {
  if (type === "string") return "7";
  if (type === "number") return 7;
  if (type === "bool") return true;
  if (typeof type === "string") return null;
  if (type[0] === "map") return { k: example(type[1]) };
  if (type[0] === "object")
    return Object.fromEntries(Object.entries(type[1]).map(([name, one]) => [name, example(one)]));
  if (type[0] === "tuple") return [];
  return [example(type[1])];
}

/** What the checks of a configuration tell, with one attribute set after the other. */
export async function observeMessages(
  asked: Asked,
  attributes: Readonly<Record<string, Facts>>,
): Promise<{ readonly deprecated?: string }> {
  const all = everything(asked.block);
  const said = async (config: ObjectValue): Promise<readonly string[]> =>
    askForValidation(asked.plugin, asked.kind, asked.type, asked.block, whole(asked.block, config));
  for (const [name, facts] of Object.entries(attributes)) {
    if (facts.optional !== true && facts.required !== true) continue;
    const alone = await said({ [name]: all[name] ?? null });
    put(facts, "deprecated", after(alone, `"${name}": [DEPRECATED] `) ?? false);
    put(facts, "removed", after(alone, `"${name}": [REMOVED] `) ?? false);
    const known = facts.conflicts_with ?? [];
    const seen = await conflictsOf(name, all, said);
    if (seen === undefined) continue;
    const now = [...seen, ...known.filter((other) => !Object.hasOwn(all, other))];
    // The provider may name one twice, which cannot be seen.
    if (!isSameSet(now, known)) put(facts, "conflicts_with", now);
  }
  const general = (await said({})).find(
    (line) => !/^"|Missing required argument|^Insufficient/.test(line) && /deprecated/i.test(line),
  );
  return general === undefined ? {} : { deprecated: general };
}

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((name) => other.includes(name)) && other.every((name) => one.includes(name));

const after = (lines: readonly string[], start: string): string | undefined =>
  lines.find((line) => line.startsWith(start))?.slice(start.length);

/** One conflict is named at a time, so that each is taken away before it is asked again. */
async function conflictsOf(
  name: string,
  all: ObjectValue,
  said: (config: ObjectValue) => Promise<readonly string[]>,
): Promise<string[] | undefined> {
  const found: string[] = [];
  let config = all;
  for (;;) {
    const other = after(await said(config), `"${name}": conflicts with `);
    if (other === undefined) return found;
    // A path into a block cannot be taken away alone.
    if (!Object.hasOwn(config, other) || found.includes(other)) return undefined;
    found.push(other);
    config = { ...config, [other]: null };
  }
}
