import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnycastEvent } from "../../src/core/events";
import type { DeployOptions, DeployResult } from "../../src/gate/stacks";
import { runStacks } from "../../src/gate/stacks";
import { Interruption } from "../../src/terraform";
import { injectedCheck } from "./injected-check";
import { addressesIn } from "./project";

export interface StackSpec {
  readonly input: string;
  readonly dependencies?: readonly string[];
  /** Stacks whose output `value` it reads, as cdktf's cross-stack references do. */
  readonly reads?: readonly string[];
  readonly resource?: object;
  /** Outputs besides `value` and `secret`. */
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  /** @default local, next to the app */
  readonly backend?: object;
  readonly annotations?: readonly { level: string; message: string; constructPath: string }[];
}

/** A project whose app writes what cdktf's synth writes, with terraform's built-in provider only. */
export interface AppOnDisk {
  readonly root: string;
  write(stacks: Readonly<Record<string, StackSpec>>): void;
  statePath(stack: string): string;
  state(stack: string): string[] | undefined;
  remove(): void;
}

const APP = `
const fs = require("fs"), path = require("path");
const out = process.env.CDKTF_OUTDIR, stacks = JSON.parse(fs.readFileSync("stacks.json", "utf8")), manifest = { version: "0.21.0", stacks: {} };
for (const [name, spec] of Object.entries(stacks)) {
  const dir = path.join(out, "stacks", name);
  fs.mkdirSync(dir, { recursive: true });
  const state = (of) => path.join(process.cwd(), "terraform." + of + ".tfstate");
  const remote = Object.fromEntries((spec.reads || []).map((of) => [of, { backend: "local", config: { path: state(of) } }]));
  const read = (spec.reads || []).map((of) => "\${data.terraform_remote_state." + of + ".outputs.value}").join("");
  fs.writeFileSync(path.join(dir, "cdk.tf.json"), JSON.stringify({
    terraform: { backend: spec.backend || { local: { path: state(name) } } },
    ...(spec.reads ? { data: { terraform_remote_state: remote } } : {}),
    ...(spec.variable ? { variable: spec.variable } : {}),
    resource: spec.resource || { terraform_data: { it: { input: spec.input + read } } },
    output: { ...spec.output, value: { value: spec.input }, secret: { value: "hidden", sensitive: true } },
  }));
  manifest.stacks[name] = { name, constructPath: name, workingDirectory: "stacks/" + name, synthesizedStackPath: "stacks/" + name + "/cdk.tf.json",
    annotations: spec.annotations || [], dependencies: [...(spec.dependencies || []), ...(spec.reads || [])] };
}
fs.writeFileSync(path.join(out, "manifest.json"), JSON.stringify(manifest));
`;

export function makeApp(stacks: Readonly<Record<string, StackSpec>>): AppOnDisk {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-app ")));
  const statePath = (stack: string): string => join(root, `terraform.${stack}.tfstate`);
  const write = (specs: Readonly<Record<string, StackSpec>>): void =>
    writeFileSync(join(root, "stacks.json"), JSON.stringify(specs));
  writeFileSync(join(root, "app.js"), APP);
  writeFileSync(join(root, "cdktf.json"), JSON.stringify({ language: "typescript", app: "node app.js" }));
  write(stacks);
  return {
    root,
    write,
    statePath,
    state: (stack) => (existsSync(statePath(stack)) ? addressesIn(readFileSync(statePath(stack), "utf8")) : undefined),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export interface Ran extends DeployResult {
  readonly events: readonly AnycastEvent[];
  /** status of each stack by name */
  readonly statuses: Readonly<Record<string, string>>;
}

export async function deploy(app: AppOnDisk, more: Partial<DeployOptions> = {}): Promise<Ran> {
  const events: AnycastEvent[] = [];
  const result = await runStacks({
    operation: "deploy",
    projectDirectory: app.root,
    selection: { stacks: [], only: [] },
    env: process.env,
    emit: (event) => void events.push(event),
    check: injectedCheck,
    approve: async () => true,
    interruption: new Interruption(),
    ...more,
  });
  return { ...result, events, statuses: Object.fromEntries(result.stacks.map(({ stack, status }) => [stack, status])) };
}
