import type { CommandLine } from "./argv";

/** Changes the cloud through a plan: plan, check, apply exactly that plan. */
const GATED = new Set(["plan", "apply", "destroy"]);

/**
 * Cannot change the cloud. `import`, `state`, `taint`, `untaint` and `refresh` change only the state, and the changes that
 * the next apply makes because of it are planned and checked then.
 */
const HARMLESS = new Set([
  "version",
  "init",
  "validate",
  "fmt",
  "output",
  "show",
  "providers",
  "graph",
  "get",
  "force-unlock",
  "login",
  "logout",
  "metadata",
  "modules",
  "workspace",
  "env",
  "state",
  "taint",
  "untaint",
  "import",
  "refresh",
  "console",
  "query",
]);

export type Treatment = "gate" | "pass" | "refuse";

/**
 * What the wrapper does with a terraform command. Everything that is not known to be harmless is refused: `test` applies
 * configurations with no plan that could be checked, and so may commands that do not exist yet.
 * @param command undefined for a bare `terraform`, which prints help
 */
export function treatmentOf(command: string | undefined): Treatment {
  if (command === undefined || HARMLESS.has(command)) return "pass";
  return GATED.has(command) ? "gate" : "refuse";
}

const CHANGES_STATE = new Set(["apply", "destroy", "import", "refresh", "taint", "untaint", "force-unlock"]);
const READS_STATE = new Set(["list", "show", "pull"]);

/** Whether a command may change a state or the cloud, which a sandbox that only plans must not do. */
export function changesState({ command, args }: CommandLine): boolean {
  if (command === undefined) return false;
  return command === "state" ? args.length > 0 && !READS_STATE.has(args[0]!) : CHANGES_STATE.has(command);
}
