import { asObject } from "../../json";
import { lineOf, quote } from "../../source/hcl";
import type { Attribute, Expression, Place } from "../../source/hcl/ast";
import type { ModuleSource, ProviderSource, ResourceSource } from "../../source/configuration";
import { type Doubt, doubtOf } from "../evaluate/doubt";
import { ModuleInstance } from "../evaluate/instance";
import { keyOf } from "../../../core/instance-key";
import type { PlanView } from "../evaluate/plan-view";
import type { Scope } from "../evaluate/scope";
import { Secrets } from "../evaluate/secrets";
import { optionsOf, type Value } from "../evaluate/value";
import { type Entry, instanceKey } from "../entry";
import { modulePath, type ModulePath } from "../module-path";
import type { Origin, Origins } from "../origins";
import type { PlanIndex } from "../plan-index";
import { Lists } from "./lists";
import { providerUsed } from "./provider-used";
import { isTurnedOff } from "./turned-off";

/** An origin that cannot be determined only because plan JSON does not show an expression. */
export type Told = Origin & { readonly notShown?: true };

const SEVERAL = "Refer to the load balancer's id itself, without what chooses among several at apply time.";

const NOT_REPEATED = { count: undefined, forEach: undefined, enabled: undefined };

interface BlockFound {
  readonly module: ModuleInstance;
  readonly block: ResourceSource;
  readonly key: string;
  readonly attributes: ResourceSource["attributes"];
}

/** Where values come from, by evaluating the source of their expressions. */
export class EvaluatedOrigins implements Origins {
  private readonly root: ModuleInstance;
  private readonly secrets = new Secrets();
  private readonly lists: Lists;
  /** By the value's expression: what instances share is evaluated once. */
  private readonly told = new Map<Expression, Map<Value, readonly Told[]>>();

  /** @param typed false where the configuration does not tell the types of variables, as in plan JSON */
  public constructor(
    private readonly index: PlanIndex,
    source: ModuleSource,
    view: PlanView,
    private readonly typed: boolean,
  ) {
    this.root = new ModuleInstance({ plan: view, secrets: this.secrets, typed }, source, "");
    this.lists = new Lists(index);
  }

  public originsOf(entry: Entry, attribute: string): readonly Told[] {
    const found = this.blockOf(entry);
    if ("why" in found) return [opaque(found.why, `${entry.address}.${attribute}`, found.notShown)];
    const written = found.attributes.get(attribute);
    if (written === undefined) return [opaque("is left out", `${entry.address}.${attribute}`)];
    // Terraform knows a constant when it plans. A plan that does not is not its own.
    if (written.expression().kind === "string")
      return [opaque("is written down, and the plan calls it unknown", `${entry.address}.${attribute}`)];
    return this.originsIn(written, found.module, found.module.scopeOf(found.block, found.key), found.block.forEach);
  }

  public hasInstances(providerKey: string): boolean {
    const colon = providerKey.lastIndexOf(":");
    const path = modulePath(colon < 0 ? "" : providerKey.slice(0, colon));
    const module = path === undefined ? undefined : this.descend(path);
    return module?.module.providers.get(providerKey.slice(colon + 1))?.forEach !== undefined;
  }

  public isTurnedOff(address: string): boolean {
    return isTurnedOff(this.root, address);
  }

  public originsOfRegion(providerKey: string, entry: Entry): readonly Told[] | undefined {
    const colon = providerKey.lastIndexOf(":");
    const path = modulePath(colon < 0 ? "" : providerKey.slice(0, colon));
    const address = asObject(
      asObject(asObject(this.index.plan.configuration)?.provider_config)?.[providerKey],
    )?.module_address;
    if (address !== undefined && typeof address !== "string")
      return [opaque("is of a module that cannot be determined", `provider ${providerKey}`)];
    const module = path === undefined ? undefined : this.descend(path);
    if (module === undefined)
      return [opaque("is in a module whose source is not at hand", `provider ${providerKey}`, true)];
    const provider = module.module.providers.get(providerKey.slice(colon + 1));
    if (provider === undefined) {
      const { unreadable } = module.module;
      return unreadable === undefined
        ? undefined
        : [opaque(`is not known, since ${unreadable}`, `provider ${providerKey}`)];
    }
    const region = provider.attributes.get("region");
    if (region === undefined) return undefined;
    let scope: Scope | undefined;
    if (provider.forEach !== undefined) {
      const key = this.providerInstance(entry, module, provider);
      if (key === undefined) return [opaque("differs with the provider's for_each", `provider ${providerKey}`)];
      scope = module.scopeOf({ ...NOT_REPEATED, forEach: provider.forEach }, keyOf(key));
    }
    // An empty region counts as none: the provider then takes it from the environment.
    return this.originsIn(region, module, scope ?? module.scopeOf(NOT_REPEATED, "")).map((one) =>
      one.what === "known" && one.value === "" ? { ...one, value: null } : one,
    );
  }

  /** Which instance of a provider the entry has; undefined where that cannot be determined, or it is of another provider. */
  private providerInstance(entry: Entry, module: ModuleInstance, provider: ProviderSource): string | undefined {
    const found = this.blockOf(entry);
    if ("why" in found) return undefined;
    const used = providerUsed(found.module, found.block, entry.type, found.module.scopeOf(found.block, found.key));
    return used?.module === module && used.provider === provider ? used.key : undefined;
  }

  public isLeftOut(entry: Entry, attribute: string): boolean {
    const found = this.blockOf(entry);
    if ("why" in found) return false;
    const written = found.attributes.get(attribute);
    if (written === undefined) return true;
    const origins = this.originsOf(entry, attribute);
    return origins.every((one) => one.what === "known" && one.value === null);
  }

  private blockOf(entry: Entry): BlockFound | { readonly why: string; readonly notShown?: true } {
    const path = modulePath(entry.module);
    const module = path === undefined ? undefined : this.descend(path);
    const key = instanceKey(entry);
    if (module === undefined || key === undefined)
      return { why: "is in a module whose source is not at hand", notShown: true as const };
    const block = module.resourceSource(`${entry.mode === "data" ? "data." : ""}${entry.type}.${String(entry.name)}`);
    if (block === undefined) return { why: "is of a block that the configuration does not hold", notShown: undefined };
    return { module, block, key, attributes: block.attributes };
  }

  private descend(path: ModulePath): ModuleInstance | undefined {
    let module: ModuleInstance | undefined = this.root;
    for (const { name, key } of path) module = module?.child(name, key);
    return module;
  }

  private originsIn(written: Attribute, module: ModuleInstance, scope: Scope, forEach?: Attribute): readonly Told[] {
    const expression = written.expression();
    let result: Value;
    try {
      result = module.evaluate(written, scope);
    } catch (thrown) {
      // Expressions that are nested deeper than the stack.
      if (!(thrown instanceof RangeError)) throw thrown;
      return [opaque("is nested too deeply to follow", quote(expression.at))];
    }
    let known = this.told.get(expression);
    if (known === undefined) this.told.set(expression, (known = new Map()));
    let origins = known.get(result);
    if (origins === undefined)
      known.set(
        result,
        (origins = doubted(this.tell(result, expression), () =>
          doubtOf(expression, module, scope, forEach?.expression()),
        )),
      );
    return origins;
  }

  private tell(value: Value, expression: Expression): readonly Told[] {
    const by = quote(expression.at);
    const at = placeOf(expression.at);
    const origins: Told[] = [];
    const refs = new Map<string, string[]>();
    for (const one of optionsOf(value)) {
      switch (one.kind) {
        case "ref": {
          const key = `${one.type}\n.${one.attribute}`;
          const addresses = refs.get(key);
          if (addresses === undefined) refs.set(key, [one.address]);
          else addresses.push(one.address);
          break;
        }
        case "string":
        case "bool":
          origins.push({
            what: "known",
            value: one.value,
            exact: true,
            hidden: this.secrets.hides(String(one.value)),
            by,
            ...at,
          });
          break;
        case "number":
          origins.push({ what: "known", value: Number(one.value), exact: true, hidden: false, by, ...at });
          break;
        case "null":
          origins.push({ what: "known", value: null, exact: true, hidden: false, by, ...at });
          break;
        case "unknown": {
          const place = one.at ?? expression.at;
          origins.push({
            what: "opaque",
            why: one.why,
            by: quote(place),
            ...placeOf(place),
            ...(one.fix === undefined ? {} : { fix: one.fix }),
            ...(one.hidden ? { notShown: true as const } : {}),
          });
          break;
        }
        case "error":
          break;
        default:
          origins.push({ what: "opaque", why: `is ${NOT_ONE[one.kind]} and no single value`, by, ...at, fix: SEVERAL });
      }
    }
    for (const [key, addresses] of refs) {
      const [type, attribute] = key.split("\n") as [string, string];
      for (const { block, addresses: list } of this.lists.byBlock(addresses))
        origins.push({ what: "resource", type, addresses: list, attribute, block, by, ...at });
    }
    // Terraform would have stopped with this error, so the part that plan JSON does not show must differ.
    return origins.length > 0
      ? origins
      : [{ ...opaque("fails, or gives nothing", by, this.typed ? undefined : true), ...at }];
  }
}

/** With the reason why it may be several, where it may. */
function doubted(origins: readonly Told[], doubt: () => Doubt | undefined): readonly Told[] {
  const isOne = origins.length === 1 && !(origins[0]!.what === "resource" && origins[0]!.addresses.length > 1);
  const found = isOne ? undefined : doubt();
  if (found === undefined) return origins;
  const { at } = placeOf(found.at);
  const why = `\`${quote(found.at)}\` ${found.why}${at === undefined ? "" : ` (${at})`}`;
  return origins.map((one) => ({ ...one, doubt: why }));
}

/** `modules/net/main.tf:12`; plan JSON does not tell where something is written. */
function placeOf(place: Place): { readonly at?: string } {
  return place.source.file === "" ? {} : { at: `${place.source.file}:${String(lineOf(place))}` };
}

const NOT_ONE = {
  list: "a list",
  map: "a map",
  some: "a collection",
  lazy: "a whole resource or module",
  union: "several values",
} as const;

function opaque(why: string, by: string, notShown?: true): Told {
  return { what: "opaque", why, by, ...(notShown === undefined ? {} : { notShown }) };
}
