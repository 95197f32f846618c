/**
 * Measures what bound addresses cost in the sandbox and in terraform: `node --import tsx bench/sandbox.ts FORM COUNT...`.
 * FORM is how they are written: `resources` (one block each), `for_each` or `count`.
 * Adds to bench/results/sandbox.{json,md}; docs/benchmarks.md shows them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../src/core/process";
import { terraformBinary } from "../src/core/terraform-binary";
import { Workspace } from "../packages/sandbox/test/provider/support/workspace";

const RESULTS = join(__dirname, "results", "sandbox.json");

const FORMS = {
  resources: { meta: () => "", key: "" },
  for_each: {
    meta: (count: number) => `  for_each = toset([for at in range(${count}) : tostring(at)])\n`,
    key: "[each.key]",
  },
  count: { meta: (count: number) => `  count = ${count}\n`, key: "[count.index]" },
} as const;
type Form = keyof typeof FORMS;

/** Processor time in seconds. */
interface Cost {
  readonly sandbox_cpu_s: number;
  readonly terraform_cpu_s: number;
  /** Calls of the simulated cloud. */
  readonly calls: number;
}

interface Row {
  readonly form: Form;
  readonly count: number;
  readonly apply: Cost;
  readonly plan: Cost;
}

function configuration(form: Form, count: number): string {
  const { meta, key } = FORMS[form];
  const head = `
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "ap-southeast-1a"
}
`;
  const one = (name: string): string => `
resource "alicloud_slb_load_balancer" "lb${name}" {
${meta(count)}  address_type       = "intranet"
  load_balancer_spec = "slb.s1.small"
  vswitch_id         = alicloud_vswitch.s.id
}
resource "alicloud_eipanycast_anycast_eip_address" "a${name}" {
${meta(count)}  service_location = "international"
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "t${name}" {
${meta(count)}  anycast_id              = alicloud_eipanycast_anycast_eip_address.a${name}${key}.id
  bind_instance_id        = alicloud_slb_load_balancer.lb${name}${key}.id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
`;
  return head + (form === "resources" ? Array.from({ length: count }, (_, at) => one(String(at))).join("") : one(""));
}

async function cost({ folder, env, sandbox }: Workspace, ...args: readonly string[]): Promise<Cost> {
  let calls = 0;
  const stop = sandbox.cloud.on((event) => (calls += event.type === "call" ? 1 : 0));
  const before = process.cpuUsage();
  const times = join(folder, "times");
  const ended = await run("/usr/bin/time", ["-f", "%U %S", "-o", times, terraformBinary(), ...args, "-no-color"], {
    cwd: folder,
    env,
    discard: true,
  });
  if (ended.exitCode !== 0) throw new Error(`Expected terraform ${args[0]} to succeed, got ${ended.exitCode}`);
  stop();
  const own = process.cpuUsage(before);
  const [user = 0, system = 0] = readFileSync(times, "utf8").trim().split(" ").map(Number);
  const round = (seconds: number): number => Math.round(seconds * 10) / 10;
  return { sandbox_cpu_s: round((own.user + own.system) / 1e6), terraform_cpu_s: round(user + system), calls };
}

async function measure(form: Form, count: number): Promise<Row> {
  const workspace = await Workspace.open({ quotas: { anycastEips: count, loadBalancers: count } });
  try {
    await workspace.configure(configuration(form, count));
    const apply = await cost(workspace, "apply", "-input=false", "-auto-approve", "-parallelism=50");
    if (workspace.sandbox.status().bindings.length !== count) throw new Error("Expected every address to be bound.");
    return { form, count, apply, plan: await cost(workspace, "plan", "-input=false", "-parallelism=50") };
  } finally {
    await workspace.close();
  }
}

function table(rows: readonly Row[]): string {
  const line = ({ form, count, apply, plan }: Row): string =>
    `| ${count.toLocaleString("en")} | ${form} | ${apply.sandbox_cpu_s} s | ${apply.terraform_cpu_s} s | ${apply.calls.toLocaleString("en")} | ${plan.sandbox_cpu_s} s | ${plan.terraform_cpu_s} s |`;
  return [
    "| bound addresses | written as | apply: sandbox | apply: terraform | calls | plan: sandbox | plan: terraform |",
    "| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map(line),
    "",
  ].join("\n");
}

async function main([form, ...counts]: readonly string[]): Promise<void> {
  if (form === undefined || !Object.hasOwn(FORMS, form) || counts.some((one) => !/^[1-9]\d*$/.test(one))) {
    throw new Error(`Expected FORM COUNT..., FORM one of ${Object.keys(FORMS).join(", ")}.`);
  }
  for (const count of counts.map(Number)) {
    const row = await measure(form as Form, count);
    const kept = (existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as Row[]) : []).filter(
      (one) => one.form !== form || one.count !== count,
    );
    const rows = [...kept, row].sort((a, b) => a.form.localeCompare(b.form) * -1 || a.count - b.count);
    mkdirSync(join(RESULTS, ".."), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(rows, undefined, 2)}\n`);
    writeFileSync(RESULTS.replace(/json$/, "md"), table(rows));
    console.log(table(rows));
  }
}

void main(process.argv.slice(2));
