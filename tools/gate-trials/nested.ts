import type { Attributes, Block, Files } from "./block";
import type { Dice } from "./dice";

/** Modules inside of a trial's own: how many, and how the calls are repeated. */
export interface Depth {
  readonly levels: number;
  readonly repeated: Attributes;
}

const REPEATED: readonly Attributes[] = [{}, {}, { count: "1" }, { for_each: 'toset(["k"])' }];

export function drawDepth(dice: Dice): Depth {
  return { levels: 1 + dice.below(3), repeated: dice.pick(REPEATED) };
}

/** What each module is given by the one around it, under the same name. */
export const GIVEN = ["vswitch", "elsewhere", "mainland"];
export const given = (): Block[] => GIVEN.map((name) => ({ head: ["variable", name], attributes: { type: "string" } }));

/**
 * The blocks at the bottom of modules in modules.
 * @param outer blocks of the trial's own module, variables included
 * @param inner blocks of the innermost module; its variables are those of `given`, unless it has them
 * @param providers what the first call passes; the calls further in pass on the same names
 */
export function nested(
  outer: readonly Block[],
  inner: readonly Block[],
  depth: Depth,
  providers: Readonly<Record<string, string>>,
): Files {
  const files: Record<string, readonly Block[]> = {};
  let directory = "";
  for (let level = 0; level < depth.levels; level++) {
    const passed = level === 0 ? providers : Object.fromEntries(Object.keys(providers).map((name) => [name, name]));
    const call = {
      head: ["module", "in"],
      attributes: { source: '"./in"', ...depth.repeated, ...providersOf(passed), ...argumentsOf() },
    };
    files[directory] = [...(level === 0 ? outer : given()), call];
    directory = directory === "" ? "in" : `${directory}/in`;
  }
  return { ...files, [directory]: inner };
}

const argumentsOf = (): Record<string, string> => Object.fromEntries(GIVEN.map((name) => [name, `var.${name}`]));

export function providersOf(passed: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(passed).map(([name, from]) => `${name} = ${from}`);
  return entries.length === 0 ? {} : { providers: `{ ${entries.join(", ")} }` };
}
