import { Annotations, TerraformStack } from "cdktf";
import type { App } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { misuse } from "../errors";
import { checkObject } from "../settings-checks";
import { programLine } from "../source-lines";
import { everywhere } from "../tagging";

/** Acknowledges, for a limited time, that a construct deliberately breaks one rule. */
export interface Acknowledgement {
  /** Id of the rule, e.g. `binding/internal-only`. */
  readonly rule: string;
  /** Why it is right here. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Last day it holds, `2027-03-31`. */
  readonly expires: string;
}

const given = new WeakMap<IConstruct, Acknowledgement[]>();

/** @throws ConstructError `InvalidAcknowledgement` */
export function acknowledge(scope: Construct, one: Acknowledgement): void {
  checkObject(scope, "an acknowledgement", one);
  const wrong = (what: string, rule: string, got: unknown): Error =>
    misuse({ code: "InvalidAcknowledgement", what, rule, got, at: scope.node.path, fix: "correct it." });
  if (!/^[a-z]+\/[a-z-]+$/.test(one.rule)) throw wrong("the rule", "an id such as binding/internal-only", one.rule);
  for (const key of ["reason", "owner"] as const) {
    if (typeof one[key] !== "string" || one[key].trim() === "") throw wrong(`the ${key}`, "given", one[key]);
  }
  const day = new Date(`${one.expires}T00:00:00Z`);
  if (
    !/^\d{4}-\d\d-\d\d$/.test(one.expires) ||
    Number.isNaN(day.getTime()) ||
    !day.toISOString().startsWith(one.expires)
  ) {
    throw wrong("the last day", "a date such as 2027-03-31", one.expires);
  }
  given.set(scope, [...(given.get(scope) ?? []), one]);
  const { rule, reason, owner, expires } = one;
  const at = programLine();
  const text = `${ACKNOWLEDGED}${JSON.stringify({ rule, reason, owner, expires, ...(at === undefined ? {} : { at }) })}`;
  keep(scope, text);
}

/** How the annotation begins that the gate reads in the manifest (src/check/acknowledgements.ts). */
const ACKNOWLEDGED = "anycast acknowledgement ";

/** Stores an acknowledgement in the manifest, which only has those at or below a stack: one above goes to each stack below it. */
function keep(scope: Construct, text: string): void {
  if (scope.node.scopes.some((one) => TerraformStack.isStack(one))) {
    Annotations.of(scope).addInfo(text);
    return;
  }
  everywhere(scope.node.root as App, {
    visit: (node) => {
      if (TerraformStack.isStack(node) && node.node.scopes.includes(scope)) Annotations.of(node).addInfo(text);
    },
  });
}

/** The acknowledgement of a rule at a construct or above it, expired or not. */
export function acknowledgementOf(node: IConstruct, rule: string): Acknowledgement | undefined {
  const all = node.node.scopes.flatMap((scope) => given.get(scope) ?? []).filter((one) => one.rule === rule);
  return all.sort((a, b) => a.expires.localeCompare(b.expires)).at(-1);
}
