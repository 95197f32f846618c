import { defined } from "../core/defined";
import type { Command } from "commander";
import type { CheckOptions } from "../check";
import { collected } from "./numbers";

/** Options of the gate in addition to anycast.yaml. */
export interface GateFlags {
  readonly live?: boolean;
  readonly liveEndpoint?: string;
  readonly policy?: readonly string[];
}

/** Adds the options of the gate that every verb with a check has. */
export function addGateOptions(command: Command): Command {
  return command
    .option("--live", "ask the cloud about load balancers that a plan names by a literal id")
    .option("--live-endpoint <host>", "API endpoint to ask instead of the products' own")
    .option("--policy <path>", "custom rules too: Rego directory or compiled bundle; may be repeated", collected);
}

/** The flags as options of a check; paths stay as they were given. */
export function gateOptions(flags: GateFlags): Pick<CheckOptions, "live" | "liveEndpoint" | "policies"> {
  return {
    ...defined({ live: flags.live, liveEndpoint: flags.liveEndpoint, policies: flags.policy }),
  };
}
