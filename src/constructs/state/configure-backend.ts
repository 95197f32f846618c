import type { TerraformStack } from "cdktf";
import { Annotations, TerraformBackend } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError, misuse } from "../errors";

/** A place for the states of stacks, one each. Made by `ossState`, `s3State`, `httpState` and `cloudState`. */
export interface StatePlace {
  /**
   * The name of a stack's state, different for each stack.
   * @param stack id of the stack
   */
  readonly identify: (stack: string) => string;
  /**
   * Declares the backend of a stack.
   * @param inSandbox the state is named apart from the real one (`anycast-sandbox`). @default false
   * @throws ConstructError `StateNotKept` where a sandbox cannot use it
   */
  readonly connect: (stack: TerraformStack, inSandbox?: boolean) => TerraformBackend;
  /** Whether a lock prevents two runs at the same time. */
  readonly isLocked: boolean;
}

/** States that are taken, by app. */
const taken = new WeakMap<IConstruct, Map<string, TerraformStack>>();

/**
 * Keeps the state of a stack in a place that runners, colleagues and you share. Call it once per stack, before anything
 * reads its outputs. Each stack has a state of its own, named after the stack.
 *
 * Inside `anycast sandbox` the state stays in a local file: what is made there must not get into a real state. With
 * `anycast sandbox --keep-backend` it is kept in this place, under a name of its own.
 * @param env environment that says whether this is the sandbox. @default process.env
 * @throws ConstructError `StateTwice` when the stack has a backend already, `StateShared` when another stack keeps its
 *   state in the same place, `StateNotKept` where `--keep-backend` cannot use the place
 */
export function configureBackend(stack: TerraformStack, place: StatePlace, env: NodeJS.ProcessEnv = process.env): void {
  const there = stack.node.findAll().find((node) => TerraformBackend.isBackend(node));
  const states = taken.get(stack.node.root) ?? new Map<string, TerraformStack>();
  taken.set(stack.node.root, states);
  if (there !== undefined || [...states.values()].includes(stack)) {
    throw new ConstructError(
      "StateTwice",
      `The stack has a place for its state already (at ${stack.node.path}). Fix: remove one of them, and call \`configureBackend\` before other stacks read this one's outputs.`,
    );
  }
  const name = place.identify(stack.node.id);
  const other = states.get(name);
  if (other !== undefined) {
    throw misuse({
      code: "StateShared",
      what: "the state of every stack",
      rule: `its own; ${other.node.path} keeps its state there already`,
      got: name,
      at: stack.node.path,
      fix: "leave the name out, so that it follows the stack's, or give another one.",
    });
  }
  states.set(name, stack);
  if (!place.isLocked) {
    Annotations.of(stack).addWarning(`The state ${name} has no lock: two runs at the same time can lose what one did.`);
  }
  if (!env.ANYCAST_SANDBOX) place.connect(stack);
  else if (env.ANYCAST_SANDBOX_BACKEND === "keep") place.connect(stack, true);
}
