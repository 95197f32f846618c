import type { Command } from "commander";
import type { CliIo } from "./io";

/** Adds one verb to the program. Its action does the work and sets `io.exitCode`. */
export type Register = (program: Command, io: CliIo) => void;

/** Loads a verb only when it is used: `anycast check` must not load the sandbox. */
export type LoadVerb = () => Register;

export const VERBS: ReadonlyMap<string, LoadVerb> = new Map<string, LoadVerb>([
  ["check", () => (require("./check") as { registerCheck: Register }).registerCheck],
  ["plan", () => (require("./plan") as { registerPlan: Register }).registerPlan],
  ["deploy", () => (require("./deploy") as { registerDeploy: Register }).registerDeploy],
  ["destroy", () => (require("./destroy") as { registerDestroy: Register }).registerDestroy],
  ["apply", () => (require("./apply") as { registerApply: Register }).registerApply],
  ["verify", () => (require("./verify") as { registerVerify: Register }).registerVerify],
  ["sandbox", () => (require("./sandbox") as { registerSandbox: Register }).registerSandbox],
  ["init", () => (require("./init") as { registerInit: Register }).registerInit],
  ["setup", () => (require("./setup") as { registerSetup: Register }).registerSetup],
  ["explain", () => (require("./explain") as { registerExplain: Register }).registerExplain],
  ["bindings", () => (require("./bindings") as { registerBindings: Register }).registerBindings],
  ["recover", () => (require("./recover") as { registerRecover: Register }).registerRecover],
  ["keys", () => (require("./keys") as { registerKeys: Register }).registerKeys],
]);
