import { ref, TerraformDataSource } from "cdktf";
import type { ITerraformIterator, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { AnycastBinding } from "./anycast-binding";
import { misuse } from "./errors";
import { otherStack, resolved } from "./other-stack";

/**
 * Makes the attributes of an element with `forEach` refer to the instance of the same key. cdktf would refer to
 * `TYPE.NAME.*.id`, which Terraform accepts only for lists; here the users of these attributes have the same keys.
 * References to the whole element, `fqn` and `TerraformIterator.fromResources`, are unchanged.
 */
export function perKey<T extends TerraformResource | TerraformDataSource>(element: T): T {
  if (element.forEach === undefined) return element;
  const data = element instanceof TerraformDataSource ? "data." : "";
  element.interpolationForAttribute = (attribute) =>
    ref(
      `${data}${element.terraformResourceType}.${element.friendlyUniqueId}[each.key].${attribute}`,
      element.cdktfStack,
    );
  return element;
}

/** @throws ConstructError `InvalidIterator` */
export function checkForEach(scope: Construct, forEach: ITerraformIterator | undefined): void {
  const given: unknown = forEach;
  if (given === undefined) return;
  if (typeof (given as Partial<ITerraformIterator> | null)?._getForEachExpression === "function") return;
  throw misuse({
    code: "InvalidIterator",
    what: "forEach",
    rule: "an iterator of cdktf",
    got: Array.isArray(given) ? "a list" : `a value of type ${typeof given}`,
    at: scope.node.path,
    fix: "make one by TerraformIterator.fromMap, fromList, fromComplexList or fromResources; a count has no keys.",
  });
}

/**
 * The iterator of a part of a load balancer: the load balancer's, or its own. Terraform cannot nest iterators.
 * @throws ConstructError `InvalidIterator`
 */
export function ownOrOwners(
  scope: Construct,
  what: string,
  own: ITerraformIterator | undefined,
  owners: ITerraformIterator | undefined,
): ITerraformIterator | undefined {
  checkForEach(scope, own);
  if (own === undefined || owners === undefined) return own ?? owners;
  throw misuse({
    code: "InvalidIterator",
    what: `forEach of ${what}`,
    rule: "left out where what it belongs to has `forEach` itself",
    got: "a second iterator",
    at: scope.node.path,
    fix: "leave it out: there is one per key already. Terraform does not nest iterators.",
  });
}

/**
 * Refuses a target whose keys differ from the address's: both are single, or both have the same iterator.
 * @throws ConstructError `IteratorMismatch`
 */
export function checkSameKeys(scope: Construct, forEach: ITerraformIterator | undefined, target: AnycastBinding): void {
  const { forEach: targets, instanceId } = target;
  const wrong = (rule: string, got: string, fix: string): Error =>
    misuse({ code: "IteratorMismatch", what: "the target of an address", rule, got, at: scope.node.path, fix });
  if (forEach === undefined) {
    if (targets === undefined) return;
    throw wrong(
      "a single one, as the address is",
      "one per key of an iterator",
      "give the address the same `forEach`: an address binds one target per region.",
    );
  }
  if (otherStack(scope, instanceId) !== undefined) {
    throw wrong(
      "of the same stack where the address has `forEach`",
      "one of another stack, whose keys are not known here",
      "make both in one stack, or look the targets up here by their ids, with `forEach`.",
    );
  }
  if (targets === undefined) {
    if (usesKeys(scope, instanceId)) return;
    throw wrong(
      "one per key, as the address is",
      "a single one",
      "give the target the same `forEach`: a load balancer is bound to one address.",
    );
  }
  if (keysOf(scope, forEach) === keysOf(scope, targets)) return;
  throw wrong(
    "one per key of the address's iterator",
    "one per key of another iterator",
    "give address and target the same iterator.",
  );
}

/** Whether a text differs from key to key. */
export function usesKeys(scope: Construct, text: string): boolean {
  return /\beach\.(key|value)\b/.test(JSON.stringify(resolved(scope, text)));
}

/** The expression that an iterator iterates over. The instances of a resource have the keys that it was made with. */
export function keysOf(scope: Construct, forEach: ITerraformIterator): string {
  const made = (forEach as { readonly element?: { readonly forEach?: ITerraformIterator } }).element?.forEach;
  return made === undefined ? JSON.stringify(resolved(scope, forEach._getForEachExpression())) : keysOf(scope, made);
}
