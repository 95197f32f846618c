import { isRecord } from "../../../core/is-record";
import { member } from "../json-values";
import { moduleAddress } from "../module-path";
import type { KnownOrigin, OpaqueOrigin } from "../origins";
import type { PlanIndex } from "../plan-index";
import { type Cursor, NO_KEY, ownOf, type Step } from "./cursor";
import {
  isDirect,
  isIndexedBy,
  isOnlyIndex,
  type Listed,
  partOf,
  readExpression,
  showsAll,
  takenBehind,
} from "./expression";
import { isWhole, parseReference, type Reference } from "./parse";
import { partAt } from "./path";
import { originOfResource } from "./resource";

type Module = Extract<Reference, { kind: "module" }>;

/** One step from an expression to what it refers to. Each is that of the rule of the same name in policies/lib/resolve.rego. */
export class Steps {
  public constructor(private readonly index: PlanIndex) {}

  public from(cursor: Cursor): readonly Step[] {
    const expression = readExpression(cursor.expression);
    if (expression.kind === "known") return [known(cursor, expression.value, "a literal", cursor.rest)];
    if (expression.kind === "absent") return [opaque(cursor, "is left out", "")];
    if (expression.kind === "opaque") return [opaque(cursor, "is not readable from the plan", "")];
    const listed = { ...cursor, listed: true };
    if (expression.makesValue)
      return [opaque(listed, "is computed, so the references do not tell its value", expression.texts.join(" "))];
    const part = partOf(cursor.expression as object, cursor.rest);
    if (part !== undefined) return [{ ...listed, expression: part, rest: "" }];
    return expression.heads
      .filter((head) => !isOnlyIndex(expression, head))
      .flatMap((head) => {
        const reference = parseReference(head + restBehind(cursor, expression, head));
        return this.follow(moved(listed, expression, head), expression, head, reference);
      });
  }

  private follow(cursor: Cursor, expression: Listed, head: string, parsed: Reference): readonly Step[] {
    switch (parsed.kind) {
      case "variable":
        return [
          cursor.path.length === 0 ? this.rootVariable(cursor, head, parsed) : this.argument(cursor, head, parsed),
        ];
      case "module":
        return parsed.output === "" ? this.outputs(cursor, expression, head, parsed) : [this.output(cursor, parsed)];
      case "value":
        return [eachValue(cursor, parsed.rest)];
      case "key":
        return [known(cursor, cursor.own.key, head, "")];
      case "ambient":
        // It has a value that the plan does not show; the null here is a placeholder.
        return [known({ ...cursor, exact: false }, null, head, "")];
      case "local":
        return [opaque(cursor, "is a local value, which plan JSON does not hold", head)];
      case "data":
        return [opaque(cursor, "is read by a data source during apply only", head)];
      case "other":
        return [opaque(cursor, "is not understood", head)];
      case "resource":
        return [originOfResource(this.index, cursor, expression, head, parsed)];
    }
  }

  private rootVariable(cursor: Cursor, head: string, { name, rest }: Named): Step {
    const value = member(this.index.plan, "variables", name, "value");
    if (value === undefined) return opaque(cursor, "is a variable whose value the plan does not hold", head);
    return known(this.behind(cursor, name), value, head, rest);
  }

  /** A module's variable: what the call passes for it, else its default. */
  private argument(cursor: Cursor, head: string, { name, rest }: Named): Step {
    const call = this.index.call(cursor.path);
    const expression = member(call, "expressions", name);
    const behind = this.behind(cursor, name);
    if (expression !== undefined)
      return {
        ...behind,
        path: cursor.path.slice(0, -1),
        own: ownOf(cursor.path.at(-1)!.key, member(call, "for_each_expression")),
        expression,
        rest,
      };
    const value = member(this.index.module(cursor.path), "variables", name, "default");
    if (value === undefined) return opaque(cursor, "is a variable that the module call does not set", head);
    return known(behind, value, head, rest);
  }

  /** The cursor behind a variable, which may be sensitive. */
  private behind(cursor: Cursor, name: string): Cursor {
    const isSensitive = member(this.index.module(cursor.path), "variables", name, "sensitive") === true;
    return isSensitive ? { ...cursor, hidden: true } : cursor;
  }

  private output(cursor: Cursor, { name, key, output, rest }: Module): Step {
    const path = [...cursor.path, { name, key }];
    const expression = member(this.index.module(path), "outputs", output, "expression");
    if (expression === undefined)
      return opaque(cursor, "is an output that the plan does not hold", `module.${name}.${output}`);
    return { ...cursor, path, own: NO_KEY, expression, rest };
  }

  /**
   * `module.m[each.key].id` is listed as `module.m`, without the output's name: where no text shows it any output may be
   * meant, and where the keys differ any instance.
   */
  private outputs(cursor: Cursor, expression: Listed, head: string, parsed: Module): readonly Step[] {
    const shown = showsAll(expression, head);
    const names = new Set(takenBehind(expression, head).map((name) => name.slice(1)));
    const outputs = member(this.index.module([...cursor.path, { name: parsed.name, key: "" }]), "outputs");
    const given = isRecord(outputs) ? Object.keys(outputs).filter((name) => !shown || names.has(name)) : [];
    const found = this.moduleKeys(cursor, expression, head, parsed).flatMap((key) =>
      given.flatMap((name) => {
        const output = member(outputs, name, "expression");
        if (output === undefined) return [];
        const path = [...cursor.path, { name: parsed.name, key }];
        return [{ ...cursor, path, own: NO_KEY, expression: output, rest: "", maybe: !shown }];
      }),
    );
    return found.length > 0 ? found : [opaque(cursor, "is a module that the plan does not hold", head)];
  }

  private moduleKeys(
    { path, own }: Cursor,
    expression: Listed,
    head: string,
    { name, key }: Module,
  ): readonly string[] {
    if (key !== "") return [key];
    const isOwn = isIndexedBy(expression, head, own.by);
    if (isOwn && this.index.hasModule(moduleAddress([...path, { name, key: own.key }]))) return [own.key];
    const keys = this.index.keysOf(path, name);
    if (keys.length > 0) return keys;
    // A module without resources only passes on, so the plan does not list its instances.
    return [isOwn ? own.key : ""];
  }
}

interface Named {
  readonly name: string;
  readonly rest: string;
}

/** `each.value`: the element of for_each with this key, whatever that is made of. A for_each that is left out refers to nothing. */
function eachValue(cursor: Cursor, rest: string): Step {
  const { by, key, forEach } = cursor.own;
  if (by !== "each.key") return opaque(cursor, "is not understood", "each.value");
  if (forEach === null) return known(cursor, key, "each.value", "");
  return { ...cursor, own: NO_KEY, expression: forEach, rest: key + rest, exact: false, loose: true };
}

/** A value that is written down, or what `path` takes from it; where that is not in it the whole, which is not what was meant. */
function known({ exact, hidden, maybe, listed }: Cursor, whole: unknown, by: string, path: string): Step {
  const part = partAt(whole, path);
  const origin: KnownOrigin = {
    what: "known",
    value: part === undefined ? whole : part,
    by,
    exact: exact && part !== undefined,
    hidden,
    listed,
  };
  return { origin, key: "", flags: [origin.exact, hidden, maybe].join() };
}

function opaque({ exact, hidden, maybe, listed }: Cursor, why: string, by: string): Step {
  const origin: OpaqueOrigin = { what: "opaque", why, by, listed };
  return { origin, key: "", flags: [exact, hidden, maybe].join() };
}

const POSITION = /^\[[0-9]+\]/;

/** What is taken from what shows no text may stand next to the reference, in an object around it say; a key may have been made from others. */
function moved(cursor: Cursor, expression: Listed, head: string): Cursor {
  if (!isDirect(expression, head)) return { ...cursor, exact: false };
  if (expression.texts.length > 0 || cursor.rest === "") return cursor;
  return { ...cursor, exact: false, loose: cursor.loose || cursor.rest.startsWith("[") };
}

/**
 * What is still to be taken from the value, as far as it applies to this reference: all of it where the expression is the
 * reference itself; else its last name, which any object or list around the reference leaves in place. A position in a
 * list that shows no text may be one among those that a condition left over.
 */
function restBehind({ rest }: Cursor, expression: Listed, head: string): string {
  const parsed = parseReference(head);
  if (POSITION.test(rest) && expression.texts.length === 0) {
    if (parsed.kind === "resource") return lastName(rest);
    // The module's instances in a list: what follows the position is an output of any of them.
    if (isWhole(parsed)) return "";
  }
  if (isDirect(expression, head)) return rest;
  // A module's name with one behind it would be that of an output.
  if (parsed.kind === "module" && parsed.output === "") return "";
  return parsed.kind === "key" || parsed.kind === "ambient" ? "" : lastName(rest);
}

function lastName(rest: string): string {
  return /\.[A-Za-z_][A-Za-z0-9_-]*$/.exec(rest)?.[0] ?? "";
}
