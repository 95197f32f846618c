/**
 * Lets Terraform plan bench/realistic in the sandbox: `node --import tsx bench/terraform.ts SERVICES BOUND FILE`. FILE gets
 * the plan's JSON, FILE.tfplan the saved plan.
 */
import { copyFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../packages/sandbox/test/provider/support/workspace";

/** How many services there are, and how many of them are bound to an Anycast EIP. */
export interface Realistic {
  readonly services: number;
  readonly bound: number;
}

/** Plans that many services: about thirty resources each, in three levels of modules. */
export async function writeRealisticPlan({ services, bound }: Realistic, path: string): Promise<void> {
  const workspace = await Workspace.open({ mockOthers: true });
  try {
    cpSync(join(__dirname, "realistic"), workspace.folder, { recursive: true });
    await workspace.succeed("init", "-input=false");
    const variables = ["-var", `services=${String(services)}`, "-var", `bound=${String(bound)}`];
    await workspace.succeed("plan", "-input=false", "-out=plan", ...variables);
    writeFileSync(path, await workspace.succeed("show", "-json", "plan"));
    copyFileSync(join(workspace.folder, "plan"), `${path}.tfplan`);
  } finally {
    await workspace.close();
  }
}

if (require.main === module) {
  const [services, bound, file] = process.argv.slice(2);
  void writeRealisticPlan({ services: Number(services), bound: Number(bound) }, file!);
}
