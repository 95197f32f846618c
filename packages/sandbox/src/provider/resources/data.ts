import type { Operation, TypeSchema } from "../schema/model";
import type { CtyType, ObjectValue, Value } from "../values/value";
import { canonical, isArray, isObject } from "../values/value";
import { conform, emptyObject, withoutUnknown } from "../values/convert";
import { parseDuration } from "../values/duration";
import { withZeros } from "../values/zeros";
import { isZero, zeroOf } from "../plan/text";

/** One resource while an operation works on it: what was, what is wanted, and what turns out. */
export class ResourceData {
  public id: string;
  private readonly base: ObjectValue;
  private readonly written: Record<string, Value> = {};
  private vanished = false;

  public constructor(
    private readonly schema: TypeSchema,
    private readonly prior: ObjectValue | null,
    private readonly wanted: ObjectValue | null,
  ) {
    this.base = (withoutUnknown(wanted ?? prior ?? {}) ?? {}) as ObjectValue;
    this.id = typeof this.prior?.id === "string" ? this.prior.id : "";
  }

  /** The wanted value; null when there is none (or it is to be found out). */
  public get(name: string): Value {
    return name in this.written ? (this.written[name] as Value) : (this.base[name] ?? null);
  }

  public text(name: string): string {
    const value = this.get(name);
    return value === null ? "" : String(value);
  }

  /** Text to be sent, undefined when it is empty: the real provider sends nothing then. */
  public given(name: string): string | undefined {
    const value = this.get(name);
    return isZero(value) ? undefined : String(value);
  }

  /** Like `given`, but a configured `false` or 0 is sent as well. */
  public stated(name: string): string | undefined {
    const value = this.get(name);
    return value === null || value === "" ? undefined : String(value);
  }

  public list(name: string): readonly Value[] {
    const value = this.get(name);
    return isArray(value) ? value : [];
  }

  public texts(name: string): readonly string[] {
    return this.list(name).map(String);
  }

  public objects(name: string): readonly ObjectValue[] {
    return this.list(name).filter(isObject);
  }

  public map(name: string): Readonly<Record<string, string>> {
    const value = this.get(name);
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one ?? "")]))
      : {};
  }

  /** The value before this operation. */
  public old(name: string): Value {
    return this.prior?.[name] ?? null;
  }

  /** Whether the wanted value differs from the one before; "none" equals zero. */
  public changed(name: string): boolean {
    const before = this.old(name);
    const after = this.base[name] ?? null;
    if (isZero(before) && isZero(after)) return false;
    return canonical(ordered(this.typeOf(name), before)) !== canonical(ordered(this.typeOf(name), after));
  }

  public anyChanged(...names: readonly string[]): boolean {
    return names.some((name) => this.changed(name));
  }

  /** Takes over what the cloud answered; nothing counts as zero, as the plugin SDK stores it. */
  public set(name: string, value: unknown): void {
    const node = this.schema.node.get(name);
    if (node === undefined) return;
    this.written[name] = withZeros(node, conform(node.type, value) ?? zeroOf(node.kind));
  }

  /** Like `set`, but an absent value leaves what is there. */
  public setIfGiven(name: string, value: unknown): void {
    if (value !== undefined && value !== null) this.set(name, value);
  }

  /** The object does not exist any more. */
  public vanish(): void {
    this.vanished = true;
  }

  public get isGone(): boolean {
    return this.vanished || this.id === "";
  }

  /** Whether this operation creates the object. */
  public get isNew(): boolean {
    return this.prior === null;
  }

  /** Time limit in milliseconds of the real cloud. */
  public limit(operation: Operation): number {
    return this.configuredLimit(operation) ?? this.schema.timeouts[operation] ?? 20 * 60_000;
  }

  public configuredLimit(operation: Operation): number | undefined {
    const timeouts = this.base.timeouts ?? this.prior?.timeouts ?? null;
    const text = isObject(timeouts) ? timeouts[operation] : null;
    return typeof text === "string" ? parseDuration(text) : undefined;
  }

  /** The state that results. @param onlyPrior leave out what was wanted but not reached */
  public state(onlyPrior = false): ObjectValue {
    const ground = onlyPrior ? (this.prior ?? emptyObject(this.schema.type)) : this.base;
    const filled = onlyPrior ? ground : { ...ground, ...this.filledElements(ground), ...this.emptied() };
    return { ...emptyObject(this.schema.type), ...filled, ...this.written, id: this.id };
  }

  /** Inside lists of objects nothing is null in state: the plugin SDK stores zeros there. */
  private filledElements(ground: ObjectValue): ObjectValue {
    const filled: Record<string, Value> = {};
    for (const node of this.schema.nodes) {
      const value = ground[node.name] ?? null;
      if (node.fields === undefined || node.kind !== "list" || !isArray(value)) continue;
      filled[node.name] = withZeros(node, value);
    }
    return filled;
  }

  /** A leaf taken out of the configuration is zero in state, unless reading says more: the plugin SDK stores it so. */
  private emptied(): ObjectValue {
    const { prior, wanted } = this;
    if (prior === null || wanted === null) return {};
    const gone = this.schema.nodes.filter(
      ({ kind, name }) =>
        !["list", "set", "map"].includes(kind) && (wanted[name] ?? null) === null && !isZero(prior[name] ?? null),
    );
    return Object.fromEntries(gone.map(({ kind, name }) => [name, zeroOf(kind)]));
  }

  private typeOf(name: string): CtyType {
    return this.schema.node.get(name)?.type ?? "dynamic";
  }
}

/** Sets have no order: sorted, equal ones look equal. */
function ordered(type: CtyType, value: Value): Value {
  if (typeof type === "string" || type[0] !== "set" || !isArray(value)) return value;
  return [...value].sort((one, other) => (canonical(one) < canonical(other) ? -1 : 1));
}
