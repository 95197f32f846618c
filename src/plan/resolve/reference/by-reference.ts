import { type Entry, instanceKey } from "../entry";
import { holds, marshal, member } from "../json-values";
import { modulePath, ROOT } from "../module-path";
import type { Origin, Origins } from "../origins";
import type { PlanIndex } from "../plan-index";
import { type Cursor, cursorKey, NO_KEY, ownOf, type Step } from "./cursor";
import { readExpression } from "./expression";
import { Steps } from "./steps";

/** References that are not resolved after this many steps prove nothing. */
const STEPS = 64;

const UNREADABLE: readonly Origin[] = [
  { what: "opaque", why: "is not readable from the plan", by: "the expression", listed: true },
];

/**
 * Origins from the lists of references that plans hold: it follows them through module outputs, module arguments, count
 * and for_each, and treats everything that an expression refers to as a possible value. It decides as
 * policies/lib/resolve.rego does, with which the tests compare it.
 */
export class ByReference implements Origins {
  public readonly showsExpressions = false;
  private readonly steps: Steps;
  private readonly memory = new Map<string, readonly Origin[]>();
  /** Of expressions of the root module that see no key; the reader hands out one object for many that are alike. */
  private readonly plain = new WeakMap<object, readonly Origin[]>();

  public constructor(private readonly index: PlanIndex) {
    this.steps = new Steps(index);
  }

  public originsOf(entry: Entry, attribute: string): readonly Origin[] {
    const path = modulePath(entry.module);
    const key = instanceKey(entry);
    if (path === undefined || key === undefined) return UNREADABLE;
    const block = this.index.block(entry);
    const expression = member(block, "expressions", attribute);
    const read = readExpression(expression);
    const usesKey = read.kind === "references" && read.usesKey;
    const start = { ...START, path, expression: expression ?? null, listed: true };
    if (key === "" && path.length === 0) return this.followPlain(start);
    const own = usesKey ? ownOf(key, member(block, "for_each_expression")) : NO_KEY;
    return this.follow({ ...start, own });
  }

  public originsOfRegion(providerKey: string): readonly Origin[] | undefined {
    const provider = member(this.index.plan, "configuration", "provider_config", providerKey);
    const expression = member(provider, "expressions", "region");
    if (!holds(expression)) return undefined;
    const path = modulePath(member(provider, "module_address"));
    return path === undefined ? UNREADABLE : this.follow({ ...START, path, expression });
  }

  public isLeftOut(entry: Entry, attribute: string): boolean {
    const block = this.index.block(entry);
    return block !== undefined && !holds(member(block, "expressions", attribute));
  }

  private followPlain(start: Cursor): readonly Origin[] {
    const { expression } = start;
    if (typeof expression !== "object" || expression === null) return this.settled(start);
    let origins = this.plain.get(expression);
    if (origins === undefined) this.plain.set(expression, (origins = this.settled(start)));
    return origins;
  }

  private follow(start: Cursor): readonly Origin[] {
    const key = cursorKey(start);
    let origins = this.memory.get(key);
    if (origins === undefined) this.memory.set(key, (origins = this.settled(start)));
    return origins;
  }

  /** All cursors go one step at a time and each only once, so that what is met on many ways costs no more. */
  private settled(start: Cursor): readonly Origin[] {
    const settled: Settled[] = [];
    let open: readonly Cursor[] = [start];
    for (let step = 0; open.length > 0 && step < STEPS; step++) {
      const next: Cursor[] = [];
      for (const cursor of open)
        for (const one of this.steps.from(cursor)) {
          if ("origin" in one) settled.push(one);
          else next.push(one);
        }
      open = each(next, cursorKey);
    }
    const origins = each(settled, identityOf).map(({ origin }) => origin);
    if (open.length > 0)
      origins.push({ what: "opaque", why: `takes more than ${String(STEPS)} steps to follow`, by: "", listed: true });
    return origins;
  }
}

type Settled = Exclude<Step, Cursor>;

/** Each once, the first of those with the same key. */
function each<One>(all: One[], keyOf: (one: One) => string): One[] {
  if (all.length < 2) return all;
  const found = new Map<string, One>();
  for (const one of all) {
    const key = keyOf(one);
    if (!found.has(key)) found.set(key, one);
  }
  return found.size === all.length ? all : [...found.values()];
}

const START: Cursor = {
  path: ROOT,
  own: NO_KEY,
  expression: null,
  rest: "",
  exact: true,
  hidden: false,
  loose: false,
  maybe: false,
  listed: false,
};

function identityOf({ origin, key, flags }: Settled): string {
  const { what, by } = origin;
  const text =
    what === "resource"
      ? [origin.block, key, origin.attribute]
      : [what === "known" ? marshal(origin.value) : origin.why];
  return [what, by, flags, ...text].join("\u0000");
}
