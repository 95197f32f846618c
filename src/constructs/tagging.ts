import { types } from "node:util";
import { Annotations, App, Aspects, TerraformResource, TerraformStack } from "cdktf";
import type { IAspect } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { checkTags, isUnknown } from "./checks";
import { asTyped, misuse } from "./errors";

/**
 * Tags all resources below a construct that support tags. A tag that a resource already has is kept.
 *
 * On an app it works too, for stacks that are made later as well: cdktf itself looks for aspects from the stack downwards
 * only, so `Aspects.of(app)` does nothing.
 * @throws ConstructError `InvalidTags`
 * @example
 * tagAll(app, { team: "web", environment: "production" });
 */
export function tagAll(scope: Construct, tags: Readonly<Record<string, string>>): void {
  checkTags(scope, tags);
  everywhere(scope, { visit: (node) => addTags(node, tags) });
}

/**
 * Lets an aspect visit everything below a construct, an app included.
 * @example
 * everywhere(app, { visit: (node) => { if (node instanceof Vpc) check(node); } });
 */
export function everywhere(scope: Construct, aspect: IAspect): void {
  if (!App.isApp(scope)) {
    Aspects.of(scope).add(aspect);
    return;
  }
  const seen = new Set<IConstruct>();
  const reach = (): void => {
    for (const stack of scope.node.findAll().filter((node) => TerraformStack.isStack(node))) {
      if (!seen.has(stack)) Aspects.of(stack).add(aspect);
      seen.add(stack);
    }
  };
  reach();
  waitingIn(scope).push(reach);
  const synth = scope.synth.bind(scope);
  scope.synth = () => {
    reach();
    synth();
  };
}

/** Work that must be done on an app's stacks before one is synthesised: a test may synthesise a stack without its app. */
function waitingIn(app: App): (() => void)[] {
  const holder = app as unknown as Record<symbol, (() => void)[]>;
  return (holder[Symbol.for("anycast.everywhere")] ??= []);
}

/**
 * Requires the names of all resources below a construct to match a pattern: another name is an error of the synthesis.
 * Names that only terraform will know are not checked.
 * @example
 * requireNames(app, /^shop-/, "begin with shop-");
 */
export function requireNames(scope: Construct, pattern: RegExp, rule = `match ${String(pattern)}`): void {
  if (!types.isRegExp(pattern)) {
    throw misuse({
      code: "InvalidPattern",
      what: "the pattern of names",
      rule: "a regular expression",
      got: asTyped(pattern),
      at: scope.node.path,
      fix: "write it as /^shop-/.",
    });
  }
  everywhere(scope, {
    visit: (node) => {
      if (!TerraformResource.isTerraformResource(node)) return;
      for (const property of NAMES) {
        const name = (node as unknown as Record<string, unknown>)[property];
        if (typeof name !== "string" || isUnknown(name) || pattern.test(name)) continue;
        Annotations.of(node).addError(
          `Expected the name of ${node.terraformResourceType} to ${rule}, got \`${name}\` (at ${node.node.path}). Fix: rename it.`,
        );
      }
    },
  });
}

/** Properties of the generated classes that hold a given name. */
const NAMES = [
  "nameInput",
  "addressNameInput",
  "anycastEipAddressNameInput",
  "instanceNameInput",
  "loadBalancerNameInput",
  "networkInterfaceNameInput",
  "securityGroupNameInput",
  "vpcNameInput",
  "vswitchNameInput",
];

interface Tagged {
  tags: Readonly<Record<string, string>>;
  readonly tagsInput?: Readonly<Record<string, string>>;
}

function addTags(node: IConstruct, tags: Readonly<Record<string, string>>): void {
  // The tags of a data source are search criteria. Generated classes have the accessor where their type supports tags.
  if (!TerraformResource.isTerraformResource(node) || !("tagsInput" in node)) return;
  const tagged = node as unknown as Tagged;
  tagged.tags = { ...tags, ...tagged.tagsInput };
}
