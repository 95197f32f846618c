import { isRecord } from "../core/is-record";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readRegularTextOr } from "../core/regular-file";
import { AnycastError, expectationError, showValue } from "../core/errors";
import { run } from "../core/process";
import { terraformBinary, terraformEnvironment } from "../core/terraform-binary";

/** The two addresses of a deployment. */
export interface Addresses {
  readonly plain: string;
  readonly accelerated: string;
}

/** Names of the outputs that hold them. */
export const PLAIN_OUTPUT = "plain_url";
export const ACCELERATED_OUTPUT = "accelerated_url";

/** Where `cdktf synth` puts the stacks, below the project. */
const STACKS = join("cdktf.out", "stacks");

/**
 * The addresses of a deployment from its outputs.
 * @param path a stack's directory (then `terraform output -json` is run), or a file with the output of that command, or with
 *   what `cdktf deploy --outputs-file` wrote
 * @throws AnycastError `OutputsNotReadable`, `OutputsMissing`, `OutputsAmbiguous`
 */
export async function addressesAt(path: string, env: NodeJS.ProcessEnv = process.env): Promise<Addresses> {
  if (!existsSync(path)) {
    throw new AnycastError(
      "OutputsNotReadable",
      `There are no outputs at ${showValue(path)}. Fix: deploy first, or name the file that \`terraform output -json\` was written to.`,
    );
  }
  return addressesIn(statSync(path).isDirectory() ? await outputsOfStack(path, env) : readJson(path), path);
}

/**
 * The addresses of the project's only stack that has both outputs.
 * @param stacks names of the stacks to look at. @default all that were synthesised
 * @throws AnycastError `OutputsMissing`, `OutputsAmbiguous`, `OutputsNotReadable`
 */
export async function addressesOfProject(
  root: string,
  stacks: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Addresses> {
  const directory = join(root, STACKS);
  const names = stacks.length > 0 ? stacks : existsSync(directory) ? readdirSync(directory).sort() : [];
  const found: { name: string; addresses: Addresses }[] = [];
  for (const name of names) {
    if (stacks.length === 0 && !declaresBoth(join(directory, name))) continue;
    found.push({ name, addresses: await addressesAt(join(directory, name), env) });
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only.addresses;
  if (only === undefined) throw missing(directory, []);
  throw new AnycastError(
    "OutputsAmbiguous",
    `Several stacks have addresses to verify: ${found.map((one) => one.name).join(", ")}. Fix: name one of them.`,
  );
}

/** Whether a synthesised stack declares both outputs; their values exist only after a deployment. */
function declaresBoth(stackDirectory: string): boolean {
  const file = join(stackDirectory, "cdk.tf.json");
  if (!existsSync(file)) return false;
  const { output } = (readJson(file) ?? {}) as { output?: object };
  return [PLAIN_OUTPUT, ACCELERATED_OUTPUT].every((name) => Object.hasOwn(output ?? {}, name));
}

async function outputsOfStack(directory: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const { exitCode, stdout, stderr } = await run(terraformBinary(env), ["output", "-json", "-no-color"], {
    cwd: directory,
    env: terraformEnvironment(env),
  });
  if (exitCode === 0) return parse(stdout.toString("utf8"), directory);
  throw new AnycastError(
    "OutputsNotReadable",
    `terraform could not print the outputs of ${directory}: ${stderr.toString("utf8").replace(/\s+/g, " ").trim()} Fix: deploy the stack first.`,
  );
}

function readJson(path: string): unknown {
  const notReadable = (cause: unknown): AnycastError =>
    new AnycastError("OutputsNotReadable", `The outputs could not be read from ${path}.`, { cause });
  return parse(readRegularTextOr(path, notReadable), path);
}

function parse(text: string, at: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw expectationError(
      "OutputsNotReadable",
      {
        what: "the outputs",
        rule: "JSON",
        got: text.slice(0, 40),
        at,
        fix: "use what `terraform output -json` prints.",
      },
      cause,
    );
  }
}

/** Finds both outputs in what terraform or cdktf wrote. @throws AnycastError `OutputsMissing`, `OutputsAmbiguous` */
export function addressesIn(document: unknown, at: string): Addresses {
  const groups = groupsOf(document).flatMap((group) => {
    const [plain, accelerated] = [textIn(group[PLAIN_OUTPUT]), textIn(group[ACCELERATED_OUTPUT])];
    return plain === undefined || accelerated === undefined ? [] : [{ plain, accelerated }];
  });
  const [only] = groups;
  if (only !== undefined && groups.length === 1) return only;
  if (only === undefined)
    throw missing(
      at,
      groupsOf(document).flatMap((group) => Object.keys(group)),
    );
  throw new AnycastError(
    "OutputsAmbiguous",
    `The outputs are those of ${groups.length} stacks (at ${at}). Fix: keep the outputs of one stack in the file.`,
  );
}

/** `terraform output -json` names outputs at the top, cdktf's file below the name of their stack. */
function groupsOf(document: unknown): Record<string, unknown>[] {
  if (!isRecord(document)) return [];
  return [document, ...Object.values(document).filter((value) => isRecord(value) && !isOutput(value))] as Record<
    string,
    unknown
  >[];
}

/** Terraform's `{"sensitive": …, "type": …, "value": …}`, as against a stack's outputs in cdktf's file. */
function isOutput(value: Record<string, unknown>): boolean {
  return Object.keys(value).every((key) => ["sensitive", "type", "value"].includes(key));
}

/** The value itself, or terraform's `{"value": …}`. */
function textIn(output: unknown): string | undefined {
  const value = isRecord(output) ? output.value : output;
  return typeof value === "string" && value !== "" ? value : undefined;
}

function missing(at: string, names: readonly string[]): AnycastError {
  return expectationError("OutputsMissing", {
    what: "the deployment's outputs",
    rule: `${PLAIN_OUTPUT} and ${ACCELERATED_OUTPUT}, both with a URL`,
    got: names.length === 0 ? "none" : [...new Set(names)].sort().join(", "),
    at,
    fix: "deploy the stack first, or give both URLs with --plain and --accelerated.",
  });
}
