import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../../src/core/process";
import type { RunOptions } from "../../src/core/process";
import type { Sandbox } from "alicloud-sandbox";
import { internetOf, startSandbox } from "alicloud-sandbox";
import { addressesIn } from "./project";

export const REPOSITORY = join(__dirname, "../..");
export const CDKTF = join(REPOSITORY, "node_modules/.bin/cdktf");
const ANYCAST = join(REPOSITORY, "bin/anycast");

/** Builds the app of stacks.json: name -> { type: "intranet" | "internet", dependsOn, binds, unbound }. */
const APP = `
const { App, TerraformOutput, TerraformStack } = require("cdktf");
const lib = (name) => require("@cdktf/provider-alicloud/lib/" + name);
const app = new App(), made = {};
function balancerOf(s, name, spec) {
  const vpc = new (lib("vpc").Vpc)(s, "vpc", { vpcName: name, cidrBlock: "10.0.0.0/16" });
  const vswitch = new (lib("vswitch").Vswitch)(s, "vswitch", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", zoneId: "ap-southeast-1a" });
  const clb = new (lib("slb-load-balancer").SlbLoadBalancer)(s, "clb", {
    loadBalancerName: name, addressType: spec.type, instanceChargeType: "PayByCLCU",
    ...(spec.type === "intranet" ? { vswitchId: vswitch.id } : {}),
  });
  return { id: clb.id };
}
for (const [name, spec] of Object.entries(require("./stacks.json"))) {
  const s = (made[name] = new TerraformStack(app, name));
  for (const other of spec.dependsOn || []) s.addDependency(made[other]);
  new (lib("provider").AlicloudProvider)(s, "alicloud", { region: "ap-southeast-1" });
  const clb = spec.binds ? { id: spec.binds } : balancerOf(s, name, spec);
  const eip = new (lib("eipanycast-anycast-eip-address").EipanycastAnycastEipAddress)(s, "eip", { serviceLocation: "international", anycastEipAddressName: name });
  if (!spec.unbound) new (lib("eipanycast-anycast-eip-address-attachment").EipanycastAnycastEipAddressAttachment)(s, "bind", {
    anycastId: eip.id, bindInstanceId: clb.id, bindInstanceType: "SlbInstance", bindInstanceRegionId: "ap-southeast-1",
  });
  new TerraformOutput(s, "anycast_id", { value: eip.id, staticId: true });
}
app.synth();
`;

/**
 * Makes a project's app one that only copies what the app of another has written: starting it takes a tenth of the time.
 * @param first shell commands that the app begins with. @default none
 */
export function copySynthesis(template: CloudProject, { root }: Pick<CloudProject, "root">, first = ""): void {
  const stack = '"$CDKTF_OUTDIR/stacks/it';
  const lines = [
    first,
    `mkdir -p ${stack}"`,
    `sed "s#${template.root}#$PWD#g" ${template.root}/cdktf.out/stacks/it/cdk.tf.json >${stack}/cdk.tf.json"`,
    `cp ${template.root}/cdktf.out/manifest.json "$CDKTF_OUTDIR/"`,
  ];
  writeFileSync(join(root, "app.sh"), `${lines.join("\n")}\n`);
  const settings = { language: "typescript", app: "exec sh app.sh", sendCrashReports: "false", projectId: "test" };
  writeFileSync(join(root, "cdktf.json"), JSON.stringify(settings));
}

/** A project whose stack `it` is synthesised, to copy from. */
export async function synthesised(): Promise<CloudProject> {
  const template = await makeCloudProject({ it: { type: "intranet" } });
  const ended = await run("node", ["main.js"], { cwd: template.root, env: template.env });
  if (ended.exitCode !== 0) throw new Error(ended.stderr.toString());
  return template;
}

/** Resources of one stack of the app above. */
export const RESOURCES = 5;

export interface StackOfCloud {
  readonly type: "intranet" | "internet";
  /** Id of a load balancer that is there already, to bind in place of one of its own. */
  readonly binds?: string;
  readonly dependsOn?: readonly string[];
  /** Its address is not bound. @default false */
  readonly unbound?: boolean;
}

/** A CDKTF project with the real provider's types, and a sandbox for it. */
export interface CloudProject {
  readonly root: string;
  readonly sandbox: Sandbox;
  readonly env: NodeJS.ProcessEnv;
  write(stacks: Readonly<Record<string, StackOfCloud>>): void;
  statePath(stack: string): string;
  /** Addresses in the state; undefined when there is none. */
  state(stack: string): string[] | undefined;
  /** The unchanged cdktf with the gate in terraform's place. */
  cdktf(args: readonly string[], options?: RunOptions): Promise<Ended>;
  anycast(args: readonly string[], options?: RunOptions): Promise<Ended>;
  stop(): Promise<void>;
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export async function makeCloudProject(
  stacks: Readonly<Record<string, StackOfCloud>>,
  /** `modules`: the `node_modules` that the app finds. */
  {
    modules = join(REPOSITORY, "node_modules"),
    ...options
  }: {
    speed?: number | "instant";
    faults?: readonly string[];
    modules?: string;
    transport?: "unix" | "tcp";
  } = {},
): Promise<CloudProject> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-cloud-")));
  writeFileSync(join(root, "main.js"), APP);
  writeFileSync(
    join(root, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false", projectId: "test" }),
  );
  symlinkSync(modules, join(root, "node_modules"));
  const write = (specs: Readonly<Record<string, StackOfCloud>>): void =>
    writeFileSync(join(root, "stacks.json"), JSON.stringify(specs));
  write(stacks);
  const sandbox = await startSandbox({
    directory: join(root, ".anycast/sandbox"),
    extensions: [internetOf()],
    ...options,
  });
  // A temporary directory of its own: other tests' processes are none of this project's.
  mkdirSync(join(root, "tmp"));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...sandbox.env,
    TMPDIR: join(root, "tmp"),
    PATH: `${join(REPOSITORY, "bin")}${delimiter}${process.env.PATH}`,
    TERRAFORM_BINARY_NAME: "anycast-terraform",
    CI: "1",
    CHECKPOINT_DISABLE: "1",
    FORCE_COLOR: "0",
  };
  const start = async (file: string, args: readonly string[], more: RunOptions = {}): Promise<Ended> => {
    const ended = await run(file, args, { cwd: root, env, ...more });
    return { code: ended.exitCode, out: ended.stdout.toString(), err: ended.stderr.toString() };
  };
  const statePath = (stack: string): string => join(root, `terraform.${stack}.tfstate`);
  return {
    root,
    sandbox,
    env,
    write,
    statePath,
    state: (stack) => (existsSync(statePath(stack)) ? addressesIn(readFileSync(statePath(stack), "utf8")) : undefined),
    cdktf: (args, more) => start(CDKTF, args, more),
    anycast: (args, more) => start(ANYCAST, args, more),
    stop: async () => {
      await sandbox.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
