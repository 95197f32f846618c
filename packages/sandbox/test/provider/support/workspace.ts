import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run, terraformBinary, terraformEnvironment } from "../../support/run";
import { startSandbox } from "../../../src";
import { loadCovered } from "../../../src/provider/schema/load";
import type { Sandbox, SandboxOptions } from "../../../src";
import type { StateFile } from "./comparable-state";

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Record<string, unknown> | null;
    readonly after: Record<string, unknown> | null;
    readonly after_unknown: Record<string, unknown>;
    readonly replace_paths?: readonly (readonly unknown[])[];
  };
}

export interface PlanJson {
  readonly resource_changes?: readonly Change[];
  readonly resource_drift?: readonly Change[];
  readonly complete?: boolean;
}

export interface Outcome {
  readonly code: number | null;
  /** Everything it printed. */
  readonly text: string;
  readonly stdout: string;
}

/** A terraform configuration inside a sandbox of its own. */
export class Workspace {
  private constructor(
    public readonly folder: string,
    public sandbox: Sandbox,
  ) {}

  public static async open(options: SandboxOptions = {}): Promise<Workspace> {
    const folder = mkdtempSync(join(tmpdir(), "workspace-"));
    return new Workspace(folder, await startSandbox(options));
  }

  /** The same sandbox, another folder inside this one. */
  public within(name: string): Workspace {
    return new Workspace(join(this.folder, name), this.sandbox);
  }

  public get env(): NodeJS.ProcessEnv {
    return { ...terraformEnvironment(), ...this.sandbox.env };
  }

  public write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  /** Writes the resources of a configuration; the provider block is put before them. */
  public async configure(
    resources: string,
    provider = 'provider "alicloud" {\n  region = "ap-southeast-1"\n}\n',
  ): Promise<void> {
    this.write({ "main.tf": `${REQUIRED}${provider}${resources}` });
    await this.succeed("init", "-input=false");
  }

  public async terraform(...args: readonly string[]): Promise<Outcome> {
    const colourless = ["show", "state", "output", "providers"].includes(args[0] ?? "") ? [] : ["-no-color"];
    const result = await run(terraformBinary(), [...args.slice(0, 1), ...colourless, ...args.slice(1)], {
      cwd: this.folder,
      env: this.env,
    });
    const stdout = result.stdout.toString();
    return { code: result.exitCode, stdout, text: stdout + result.stderr.toString() };
  }

  public async succeed(...args: readonly string[]): Promise<string> {
    const outcome = await this.terraform(...args);
    if (outcome.code !== 0) throw new Error(`terraform ${args.join(" ")} exits ${outcome.code}:\n${outcome.text}`);
    return outcome.stdout;
  }

  /** Makes a plan; `changes` are the resources that it does something to. */
  public async plan(...args: readonly string[]): Promise<{ json: PlanJson; changes: readonly Change[]; text: string }> {
    const text = await this.succeed("plan", "-input=false", "-out=plan", ...args);
    const json = JSON.parse(await this.succeed("show", "-json", "plan")) as PlanJson;
    const changes = (json.resource_changes ?? []).filter(
      (one) => !["no-op", "read"].includes(one.change.actions.join()),
    );
    return { json, changes, text };
  }

  public async apply(...args: readonly string[]): Promise<string> {
    return this.succeed("apply", "-input=false", "-auto-approve", ...args);
  }

  public state(): StateFile {
    return JSON.parse(readFileSync(join(this.folder, "terraform.tfstate"), "utf8")) as StateFile;
  }

  /** What the state holds of one resource or data source. */
  public values(address: string): Record<string, unknown> {
    for (const resource of this.state().resources) {
      const name = `${resource.mode === "data" ? "data." : ""}${resource.type}.${resource.name}`;
      for (const instance of resource.instances) {
        const key = instance.index_key === undefined ? "" : `[${JSON.stringify(instance.index_key)}]`;
        if (name + key === address) return instance.attributes;
      }
    }
    throw new Error(`The state has no ${address}.`);
  }

  public async close(): Promise<void> {
    await this.sandbox.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const REQUIRED = `terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = "${loadCovered().providerVersion}"
    }
  }
}
`;
