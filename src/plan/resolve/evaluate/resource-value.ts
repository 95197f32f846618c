import type { Attribute } from "../../source/hcl/ast";
import type { ResourceSource } from "../../source/configuration";
import { fromJson, isEmpty } from "./from-json";
import { isListAttribute } from "./list-attribute";
import type { PlannedAttribute, PlannedInstance } from "./plan-view";
import { each } from "./primitive";
import { type Lazy, NULL, unknown, type Value } from "./value";

/** A managed resource: what is planned of it, and else what its arguments are set to. */
export function resourceValue(
  type: string,
  instance: PlannedInstance,
  source: ResourceSource,
  keep: (value: Value) => Value,
  written: (argument: Attribute, name: string) => Value,
): Lazy {
  const { address } = instance;
  const attribute = (name: string): Value => {
    if (name === "id")
      return { kind: "ref", type, address, attribute: "id", known: () => knownText(instance.attribute("id")) };
    const { after, unknown: holes, sensitive } = instance.attribute(name);
    // What terraform_data stores is what its configuration says, also where the plan knows a part of it.
    const isStored = type === "terraform_data" && holes !== undefined && holes !== false && !isEmpty(holes);
    if (holes === true || isStored) return unknownAttribute(type, name, instance, source, written);
    // A plan shows every attribute that there is; `can` and `try` ask for others as well.
    if (after === undefined && (holes === undefined || holes === false))
      return unknown(`is ${address}.${name}, which the plan does not show`);
    const nothing = stays(type, instance) ? NULL : unknown(`is ${address}.${name}, ${NOTHING}`);
    const partly = `is a part of ${address}.${name} that is known only after apply`;
    const isList = (path: string): boolean => instance.trusted && isListAttribute(type, name, path);
    const value = fromJson(after, holes, { why: partly, nothing, isList });
    return sensitive ? keep(value) : value;
  };
  // What `terraform_data` stores may be of any type.
  return { kind: "lazy", ...(type === "terraform_data" ? {} : { schema: type }), attribute, names: undefined };
}

/** An argument gets what its expression gives, unless changes of it are ignored or the provider may see to it. */
function unknownAttribute(
  type: string,
  name: string,
  instance: PlannedInstance,
  source: ResourceSource,
  evaluate: (argument: Attribute, name: string) => Value,
): Value {
  const ref = refTo(type, instance.address, name);
  const isIgnored = (argument: string): boolean =>
    !instance.created && (source.ignoreChanges === "all" || source.ignoreChanges.includes(argument));
  const argument = type === "terraform_data" && name === "output" ? "input" : name;
  const follows = type === "terraform_data" ? STORED.has(argument) : instance.trusted && name.endsWith("_id");
  const written = source.attributes.get(argument);
  if (!follows || written === undefined || isIgnored(argument)) return ref;
  return each(evaluate(written, name), (one) =>
    one.kind === "null" && !stays(type, instance) ? unknown(`is ${instance.address}.${name}, ${NOTHING}`) : one,
  );
}

/** Providers on the older SDK write "", 0 or false where null was planned. */
const NOTHING = "where a provider may write another empty value instead of null";

function stays(type: string, { unchanged }: PlannedInstance): boolean {
  return unchanged || type === "terraform_data";
}

const STORED = new Set(["input", "triggers_replace"]);

function refTo(type: string, address: string, attribute: string): Value {
  return { kind: "ref", type, address, attribute, known: () => undefined };
}

function knownText({ after, unknown: hole }: PlannedAttribute): string | undefined {
  return (hole === undefined || hole === false) && typeof after === "string" ? after : undefined;
}
