import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/core/process";
import { terraformEnvironment } from "../../../src/core/terraform-binary";
import { mustWork, npm } from "../consumer-project";
import type { installTools } from "./tools";

export type PackageManager = "npm" | "pnpm" | "yarn1" | "yarn4";
type Tools = Awaited<ReturnType<typeof installTools>>;

/** Installs what a project's package.json says, with one of the package managers, without scripts. */
export async function install(manager: PackageManager, directory: string, tools: Tools): Promise<void> {
  if (manager === "npm") {
    mustWork("npm install", await npm(["install", "--prefer-offline"], directory));
    return;
  }
  const registry = (await npm(["config", "get", "registry"], directory)).stdout.toString().trim();
  const arguments_ = {
    pnpm: [tools.pnpm, "install", "--prefer-offline", "--ignore-scripts"],
    yarn1: [tools.yarn1, "install", "--prefer-offline", "--ignore-scripts", "--non-interactive", "--no-lockfile"],
    yarn4: [tools.yarn4, "install"],
  }[manager];
  if (manager === "yarn4") {
    // Yarn takes a folder below another project for a part of it, unless it has a lockfile of its own.
    writeFileSync(join(directory, "yarn.lock"), "");
    const unsafe = registry.startsWith("http:") ? [`unsafeHttpWhitelist: ["${new URL(registry).hostname}"]`] : [];
    const settings = ["nodeLinker: node-modules", "enableScripts: false", "enableTelemetry: false", ...unsafe];
    writeFileSync(join(directory, ".yarnrc.yml"), `${settings.join("\n")}\n`);
  }
  const env = { ...terraformEnvironment(), CI: "", YARN_NPM_REGISTRY_SERVER: registry, npm_config_registry: registry };
  mustWork(`${manager} install`, await run(process.execPath, arguments_, { cwd: directory, env }));
}
