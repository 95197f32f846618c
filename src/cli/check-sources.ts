import { defined } from "../core/defined";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { AnycastError, expectationError, messageOf } from "../core/errors";
import { MOST_PLAN } from "../core/limits";
import { planTooLarge } from "../core/plan-size";
import type { PlanSource } from "../check/checker";
import { regionFromEnvironment } from "../terraform/project/project-root";
import type { CliIo } from "./io";

/** The name for stdin among the plans. */
const STDIN = "-";

/**
 * The plans to check, in the order given; stdin is read here.
 * @throws AnycastError `PlanMissing`, `StdinGivenTwice`, `StdinNotReadable`, `PlanTooLarge`
 */
export async function planSources(
  given: readonly string[],
  chdir: string | undefined,
  io: CliIo,
): Promise<readonly PlanSource[]> {
  if (given.length === 0) {
    throw new AnycastError(
      "PlanMissing",
      "There is no plan to check. Fix: name a plan file, or - for stdin; `anycast check --help` shows how.",
    );
  }
  if (given.filter((name) => name === STDIN).length > 1) {
    throw new AnycastError(
      "StdinGivenTwice",
      "Stdin holds one plan, and - was given twice. Fix: write the plans to files and name these.",
    );
  }
  const json = given.includes(STDIN) ? await readStdin(io) : undefined;
  return given.map((name) =>
    name === STDIN ? { name, json: json! } : { name, path: name, ...defined({ cwd: chdir }) },
  );
}

async function readStdin({ stdin, stderr, interactive }: CliIo): Promise<Uint8Array> {
  if (interactive) stderr.write("Reading a plan from the terminal; Ctrl-D ends it.\n");
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stdin) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : (chunk as Buffer);
      size += bytes.length;
      if (size > MOST_PLAN) throw planTooLarge(`${String(size)} bytes or more`, "stdin");
      chunks.push(bytes);
    }
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    throw new AnycastError(
      "StdinNotReadable",
      `The plan could not be read from stdin: ${messageOf(cause)}. Fix: pipe \`terraform show -json\` into this command.`,
      { cause },
    );
  }
  return Buffer.concat(chunks);
}

/** What a region's id looks like; a plan's file name does not. */
const REGION = /^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$/;

/**
 * The region of `--region-from-env`. The option's value may be left out, and then commander takes the first plan for it:
 * a value that does not look like a region is returned as a plan.
 * @throws AnycastError `RegionNotInEnvironment`
 */
export function regionOf(
  value: string | true | undefined,
  env: NodeJS.ProcessEnv,
): { readonly region?: string; readonly plan?: string } {
  if (value === undefined) return {};
  if (value !== true && REGION.test(value)) return { region: value };
  const region = regionFromEnvironment(env);
  if (region === undefined) {
    throw new AnycastError(
      "RegionNotInEnvironment",
      "--region-from-env needs a region, and neither ALICLOUD_REGION nor ALIBABA_CLOUD_REGION is set. Fix: write --region-from-env=REGION, or set one of the variables.",
    );
  }
  return { region, ...(value === true ? {} : { plan: value }) };
}

/**
 * The directory that saved plans are read in.
 * @throws AnycastError `DirectoryNotFound`
 */
export function chdirOf(given: string | undefined, cwd: string): string | undefined {
  if (given === undefined) return undefined;
  const path = resolve(cwd, given);
  if (isDirectory(path)) return path;
  throw expectationError("DirectoryNotFound", {
    what: "the directory of the saved plans",
    rule: "an initialised Terraform directory",
    got: given,
    at: "--chdir",
    fix: "name the directory in which `terraform plan` was run.",
  });
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
