/** Where an option of plan, apply or destroy goes once they are split into "plan, check, apply that file". */
type Destination =
  /** Handed to `plan`. */
  | "plan"
  /** Handed to `plan` and to the `apply` of the checked file. */
  | "both"
  /** Read by the wrapper itself. */
  | "own"
  /** Would make a plan, or a state, that differs from the checked one. */
  | "refused";

interface OptionSpec {
  readonly takesValue: boolean;
  readonly to: Destination;
  /** With several stacks it applies to each of them. @default false */
  readonly forEveryStack?: boolean;
}

const flag = (to: Destination): OptionSpec => ({ takesValue: false, to });
const value = (to: Destination): OptionSpec => ({ takesValue: true, to });
const forEveryStack = (spec: OptionSpec): OptionSpec => ({ ...spec, forEveryStack: true });

/** Every option that plan, apply and destroy of Terraform 1.x and OpenTofu know. An unknown one is refused. */
export const TERRAFORM_OPTIONS: ReadonlyMap<string, OptionSpec> = new Map([
  ["auto-approve", flag("own")],
  ["destroy", flag("own")],
  ["refresh-only", flag("own")],
  ["detailed-exitcode", flag("own")],
  ["input", flag("own")],
  ["out", value("own")],
  ["json", flag("both")],
  ["no-color", flag("both")],
  ["compact-warnings", flag("both")],
  ["lock", flag("both")],
  ["lock-timeout", forEveryStack(value("both"))],
  ["parallelism", forEveryStack(value("both"))],
  ["refresh", forEveryStack(flag("plan"))],
  ["replace", value("plan")],
  ["var", forEveryStack(value("plan"))],
  ["var-file", forEveryStack(value("plan"))],
  ["generate-config-out", value("plan")],
  ["allow-deferral", flag("plan")],
  ["concise", flag("plan")],
  ["show-sensitive", flag("plan")],
  ["consolidate-warnings", flag("plan")],
  ["consolidate-errors", flag("plan")],
  ["deprecation", value("plan")],
  ["target", value("refused")],
  ["target-file", value("refused")],
  ["exclude", value("refused")],
  ["exclude-file", value("refused")],
  ["state", value("refused")],
  ["state-out", value("refused")],
  ["backup", value("refused")],
]);

/** Options of terraform as its user has given them, sorted by the command they are handed to. */
export interface PassedOptions {
  readonly plan: readonly string[];
  readonly apply: readonly string[];
}

/**
 * Sorts options by where they go.
 * @param given name and value each; a flag without a value has none
 */
export function passedOptions(given: readonly (readonly [name: string, value: string | undefined])[]): PassedOptions {
  const to = (...destinations: readonly Destination[]): string[] =>
    given
      .filter(([name]) => destinations.includes(TERRAFORM_OPTIONS.get(name)?.to ?? "refused"))
      .map(([name, text]) => (text === undefined ? `-${name}` : `-${name}=${text}`));
  return { plan: to("plan", "both"), apply: to("both") };
}

/** The options of a plan that apply to every stack of a run. */
export function everyStacksOptions(args: readonly string[]): string[] {
  return args.filter((one) => TERRAFORM_OPTIONS.get(/^-([^=]+)/.exec(one)?.[1] ?? "")?.forEveryStack === true);
}
