import { resolve } from "node:path";
import type { App } from "cdktf";

/**
 * The settings file to use: environment variable `SETTINGS`, else the context value `settings`, else `settings.yaml`,
 * each relative to the current directory.
 */
export function settingsFile(app: App, env: NodeJS.ProcessEnv = process.env): string {
  const named: unknown = env.SETTINGS || app.node.tryGetContext("settings");
  return resolve(typeof named === "string" && named !== "" ? named : "settings.yaml");
}
