import type { Product } from "../contract";
import { SERVICES } from "../services";
import { SandboxError } from "../../errors";
import type { FaultKind, FaultRule } from "./rule";
import { parseFault } from "./rule";

/** What the rules do to one call. */
export interface CallFault {
  /** The rule of a kind that would hit the call. */
  peek(kind: FaultKind): FaultRule | undefined;
  /** The same, and it is used up by one. */
  take(kind: FaultKind): FaultRule | undefined;
}

/** Injects no faults. */
export const NO_FAULT: CallFault = { peek: () => undefined, take: () => undefined };

/** Decides which calls the fault rules hit. */
export class FaultInjector {
  private readonly rules: { readonly rule: FaultRule; left: number }[];

  /** @throws SandboxError `FaultNotUnderstood`, `FaultActionUnknown` */
  public constructor(texts: readonly string[]) {
    this.rules = texts.map(parseFault).map((rule) => ({ rule, left: rule.count }));
    for (const { rule } of this.rules) checkAction(rule);
  }

  /** What the rules do to one call. `onHit` receives each rule that applies. */
  public forCall(product: Product, action: string, onHit: (rule: FaultRule) => void): CallFault {
    const find = (kind: FaultKind) => this.find(kind, product, action);
    return {
      peek: (kind) => find(kind)?.rule,
      take: (kind) => {
        const hit = find(kind);
        if (hit === undefined) return undefined;
        hit.left -= 1;
        onHit(hit.rule);
        return hit.rule;
      },
    };
  }

  private find(
    kind: FaultKind,
    product: Product,
    action: string,
  ): { readonly rule: FaultRule; left: number } | undefined {
    return this.rules.find(
      ({ rule, left }) =>
        rule.kind === kind &&
        left > 0 &&
        (rule.action === "*" || rule.action === action || rule.action === `${product}.${action}`),
    );
  }
}

/** A rule for an action that does not exist would never hit, and a test with it would prove nothing. */
function checkAction(rule: FaultRule): void {
  if (rule.action === "*") return;
  const known = Object.entries(SERVICES).some(([product, actions]) =>
    Object.keys(actions).some((action) => rule.action === action || rule.action === `${product}.${action}`),
  );
  if (!known)
    throw new SandboxError(
      "FaultActionUnknown",
      `Expected the action of the fault rule \`${rule.text}\` to be one that the sandbox has, got \`${rule.action}\`. Fix: see the table in docs/sandbox.md.`,
    );
}
