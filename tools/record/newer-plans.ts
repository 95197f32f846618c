/**
 * Plans the configurations in test/fixtures with a newer Terraform or OpenTofu than tests run, and writes the saved plan
 * and its JSON into each folder. They tell the gate's tests how such plans look:
 *
 *   node --conditions=anycast-source --import tsx tools/record/newer-plans.ts /path/to/tofu test/fixtures/opentofu/cases
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startSandbox } from "alicloud-sandbox";
import { terraformEnvironment } from "../../src/core/terraform-binary";

const run = promisify(execFile);

async function main(program: string | undefined, cases: string | undefined): Promise<void> {
  if (program === undefined || cases === undefined)
    throw new Error("Expected the path of a program and of a folder of configurations.");
  const sandbox = await startSandbox({ quotas: { loadBalancers: 1_000, anycastEips: 1_000, vpcs: 1_000 } });
  const env = { ...terraformEnvironment(), ...sandbox.env };
  try {
    for (const name of readdirSync(cases)) {
      const cwd = mkdtempSync(join(tmpdir(), "anycast-record-"));
      cpSync(join(cases, name), cwd, { recursive: true, filter: (path) => !/\/plan\.(json|tfplan)$/.test(path) });
      const call = (...args: string[]) => run(program, args, { cwd, env, maxBuffer: 1 << 28 });
      await call("init", "-input=false");
      await call("plan", "-input=false", "-out=plan.tfplan");
      writeFileSync(join(cases, name, "plan.json"), (await call("show", "-json", "plan.tfplan")).stdout);
      writeFileSync(join(cases, name, "plan.tfplan"), readFileSync(join(cwd, "plan.tfplan")));
      rmSync(cwd, { recursive: true });
      process.stdout.write(`${name}\n`);
    }
  } finally {
    await sandbox.stop();
  }
}

void main(process.argv[2], process.argv[3]);
