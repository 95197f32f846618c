import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, terraformBinary, terraformEnvironment } from "../../support/run";
import type { SandboxOptions } from "../../../src";
import { apiOf, startSandbox } from "../../../src";
import { REQUIRED } from "../support/workspace";
import { SCENARIO } from "./scenario";

/** The parts of the scenario, in their order. */
export const STEPS = ["create", "change", "destroy"] as const;
export type Step = (typeof STEPS)[number];

const ARGUMENTS: Readonly<Record<Step, readonly string[]>> = {
  create: ["apply", "-var=phase=1"],
  change: ["apply", "-var=phase=2"],
  destroy: ["destroy", "-var=phase=2"],
};

/** How one step ended. */
export interface Ended {
  readonly exitCode: number | null;
  /** Actions that were called, `Product.Action`. */
  readonly called: ReadonlySet<string>;
  /** Fault rules that hit a call. */
  readonly hit: ReadonlySet<string>;
  /** Summaries of terraform's errors, without what differs from one run to the next. */
  readonly errors: readonly string[];
  /** What is in state, the tainted ones marked. */
  readonly state: readonly string[];
}

/** Takes a scenario step by step, each from the result of the one before as often as wanted. */
export class Stage {
  private readonly folder = mkdtempSync(join(tmpdir(), "faults-"));

  /** @param real path of a provider binary to use, next to its configuration for terraform. @default the sandbox's own provider */
  public constructor(private readonly real?: { readonly config: string }) {
    this.write(this.start("create"));
  }

  /** Makes the ground that the steps start from. @throws Error when a step without faults fails */
  public async prepare(): Promise<Readonly<Record<Step, ReadonlySet<string>>>> {
    const called: Partial<Record<Step, ReadonlySet<string>>> = {};
    for (const [at, step] of STEPS.entries()) {
      const next = STEPS[at + 1];
      const ended = await this.play(step, [], next === undefined ? undefined : this.start(next));
      if (ended.exitCode !== 0) throw new Error(`${step} fails without a fault:\n${ended.errors.join("\n")}`);
      called[step] = ended.called;
    }
    return called as Readonly<Record<Step, ReadonlySet<string>>>;
  }

  /** @param keep where to leave the result. @default nowhere */
  public async play(step: Step, faults: readonly string[], keep?: string): Promise<Ended> {
    const work = mkdtempSync(join(this.folder, "run-"));
    cpSync(this.start(step), work, { recursive: true });
    try {
      const ended = await this.inside(step, work, faults);
      if (keep !== undefined) cpSync(work, keep, { recursive: true });
      return ended;
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }

  public close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private start(step: Step): string {
    return join(this.folder, step);
  }

  private write(folder: string): void {
    mkdirSync(join(folder, "cloud"), { recursive: true });
    writeFileSync(join(folder, "main.tf"), REQUIRED + SCENARIO);
  }

  private async inside(step: Step, work: string, faults: readonly string[]): Promise<Ended> {
    const options: SandboxOptions = { directory: join(work, "cloud"), faults };
    const sandbox = await startSandbox(
      this.real === undefined ? options : { ...options, provider: "none", extensions: [apiOf()] },
    );
    const called = new Set<string>();
    const hit = new Set<string>();
    sandbox.cloud.on((event) => {
      if (event.type !== "call") return;
      called.add(`${event.product}.${event.action}`);
      if (event.fault !== undefined) hit.add(event.fault);
    });
    const more = this.real === undefined ? {} : { TF_CLI_CONFIG_FILE: this.real.config };
    const env = { ...terraformEnvironment(), ...sandbox.env, ...more };
    try {
      const ended = await run(terraformBinary(), [...ARGUMENTS[step], "-json", "-input=false", "-auto-approve"], {
        cwd: work,
        env,
      });
      return { exitCode: ended.exitCode, called, hit, errors: errorsOf(ended.stdout.toString()), state: stateOf(work) };
    } finally {
      await sandbox.stop();
    }
  }
}

/** What differs from run to run, no matter who serves the provider. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\u001B\[\d+m/g, ""],
  [/\b(vpc|vsw|sgr|sg|i|eni|lb|rsp|eip|aeip|vtb|vrt|d|rg)-[a-z0-9]{6,}/g, "<$1>"],
  [/[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}/g, "<request>"],
  [/^RespHeaders: .*$/gm, "RespHeaders: <headers>"],
  [/ (\S*\/)?alicloud\/(\w+)\.go(:\d+| \(simulated by the sandbox\)):/g, " $2:"],
  // How the provider's language shows an object.
  [/&(errors\.ServerError|url\.Error)\{.*\}/g, "<error>"],
  // A GET whose answer is lost is sent again by the transport, or not: what comes of it is chance.
  [/(ERROR\]:)\n(SDK\.ServerError\nErrorCode: SignatureNonceUsed[^]*|Get "[^]*)$/g, "$1\n<lost>"],
  [/(Post|Get) "https?:\/\/[^"]*"/g, '$1 "<url>"'],
];

function errorsOf(stream: string): string[] {
  const lines = stream.split("\n").filter((line) => line.startsWith("{"));
  const found = lines
    .map((line) => JSON.parse(line) as { diagnostic?: { severity: string; summary: string; address?: string } })
    .flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic] : []));
  return found.map(({ address, summary }) =>
    `${address ?? ""}: ${CHANGING.reduce((text, [what, by]) => text.replace(what, by), summary)}`.trim(),
  );
}

interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly status?: string }[];
  }[];
}

function stateOf(work: string): string[] {
  try {
    const text = readFileSync(join(work, "terraform.tfstate"), "utf8");
    const { resources } = JSON.parse(text) as State;
    return resources
      .filter(({ mode }) => mode === "managed")
      .map(({ type, name, instances }) => `${type}.${name}${instances[0]?.status === undefined ? "" : " tainted"}`)
      .sort();
  } catch {
    return [];
  }
}
