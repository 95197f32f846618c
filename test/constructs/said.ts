import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { AlicloudProvider, Policies } from "../../src";

const place = mkdtempSync(join(tmpdir(), "anycast-said-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** What an app says of a declaration, thrown or as an error of its synthesis. */
export function said(build: (stack: TerraformStack) => void): string {
  const app = new App({ outdir: mkdtempSync(join(place, "app-")) });
  Policies.of(app, { env: { ANYCAST_GATE: "1" } });
  const stack = new TerraformStack(app, "s");
  new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
  try {
    build(stack);
    app.synth();
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return "";
}
