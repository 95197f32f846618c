import { Annotations, App, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { recordSourceLines } from "../source-lines";
import { everywhere } from "../tagging";
import { acknowledge, acknowledgementOf } from "./acknowledge";
import type { Acknowledgement } from "./acknowledge";
import { changingCommand } from "./cli-command";
import { guardStack } from "./guard";
import { findAtSynth } from "./rules";
import type { Elements, Providers, SynthFinding } from "./synthesised";

/** How `Policies.of(app)` guards an app. */
export interface PoliciesOptions {
  /** Whether stacks refuse to be deployed around the gate. @default true */
  readonly guard?: boolean;
  /** Environment that says whether the gate is wired. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Day on which acknowledgements must be valid, `2027-03-31`. @default today (UTC) */
  readonly today?: string;
}

const enforced = new WeakSet<IConstruct>();

/**
 * The gate's rules when the app synthesises, and acknowledgements of them. `Policies.of(app)`, right after the app is made,
 * does three things:
 *
 * - what the rules refuse of the values that are known already becomes an error annotation, with the construct's path and
 *   the line of TypeScript, for `cdktf synth` as well. What is known only later is left to the gate.
 * - every stack is guarded: `cdktf deploy` without the gate is refused, and so is a terraform that is started around it.
 *   `ANYCAST_UNGATED=i-know` turns that off, with a warning.
 * - `recordSourceLines` is called, so that findings of the gate name lines too.
 * @example
 * const app = new App();
 * Policies.of(app);
 */
export class Policies {
  /** The policies of a construct; those of an app are enforced from then on. */
  public static of(scope: Construct, options: PoliciesOptions = {}): Policies {
    if (App.isApp(scope) && !enforced.has(scope)) {
      enforced.add(scope);
      enforce(scope, options);
    }
    return new Policies(scope);
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Acknowledges that this construct and those below it deliberately break a rule, until the end of a day in UTC. It is kept
   * in the manifest, and the synthesis continues. The gate shows it in every report. It lifts a finding where
   * `acknowledgements` of anycast.yaml names the rule, and never one of a rule that only a waiver there lifts.
   * @throws ConstructError `InvalidAcknowledgement`
   * @example
   * Policies.of(address).acknowledge({
   *   rule: "address/bandwidth",
   *   reason: "measured twice",
   *   owner: "team-network",
   *   expires: "2027-03-31",
   * });
   */
  public acknowledge(acknowledgement: Acknowledgement): this {
    acknowledge(this.scope, acknowledgement);
    return this;
  }
}

function enforce(app: App, options: PoliciesOptions): void {
  recordSourceLines();
  const env = options.env ?? process.env;
  const guard = options.guard === false ? undefined : { env, changing: changingCommand() };
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  everywhere(app, {
    visit: (node) => {
      if (!TerraformStack.isStack(node)) return;
      if (guard !== undefined) guardStack(node, guard);
      // A validation runs after every aspect and override, and before annotations are collected.
      node.node.addValidation({ validate: () => annotate(node, today) });
    },
  });
}

/** The part of a stack's configuration that the rules read. */
interface Made {
  readonly resource?: Elements;
  readonly data?: Elements;
  readonly provider?: { readonly alicloud?: Providers };
}

function annotate(stack: TerraformStack, today: string): string[] {
  const made = stack.toTerraform() as Made;
  const nodes = new Map(
    stack.node
      .findAll()
      .filter((node): node is TerraformElement => TerraformElement.isTerraformElement(node))
      .map((node) => [
        `${(node as { terraformResourceType?: string }).terraformResourceType}.${node.friendlyUniqueId}`,
        node,
      ]),
  );
  for (const finding of findAtSynth(made.resource ?? {}, made.data ?? {}, made.provider?.alicloud)) {
    report(nodes.get(`${finding.type}.${finding.name}`) ?? stack, finding, today);
  }
  return [];
}

function report(node: Construct, finding: SynthFinding, today: string): void {
  const line = (node.node.metadata.find((one) => one.type === "stacktrace")?.trace ?? [])[0];
  const got = typeof finding.got === "string" ? finding.got : JSON.stringify(finding.got);
  const at = `${node.node.path}${line === undefined ? "" : `, ${line}`}`;
  const prefix = finding.rule === undefined ? "" : `${finding.rule}: `;
  const message = `${prefix}Expected ${finding.what} to be ${finding.expected}, got \`${got}\` (at ${at}). Fix: ${finding.fix}`;
  const waiver = finding.rule === undefined ? undefined : acknowledgementOf(node, finding.rule);
  if (waiver !== undefined && waiver.expires >= today) {
    Annotations.of(node).addWarning(
      `${message} Acknowledged by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`,
    );
    return;
  }
  const expired = waiver === undefined ? "" : ` The acknowledgement of ${waiver.owner} ended on ${waiver.expires}.`;
  if (finding.level === "error") Annotations.of(node).addError(message + expired);
  else Annotations.of(node).addWarning(message + expired);
}
