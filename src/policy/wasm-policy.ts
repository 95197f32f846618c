import { loadPolicySync } from "@open-policy-agent/opa-wasm";
import { AnycastError, expectationError, messageOf } from "../core/errors";
import { bytesAsText, MOST_MEMORY } from "../core/limits";

/** Node has it; its types come only with a browser's. */
const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } };

/** A page of WebAssembly's memory, in bytes. */
const PAGE = 2 ** 16;
/** Pages that a policy has at least to start with, and the most it may ever take. */
const INITIAL_PAGES = 64;
const MAXIMUM_PAGES = MOST_MEMORY / PAGE;
/** What is thrown where no more memory is to be had: by the policy, and by V8. */
const OUT_OF_MEMORY = /^(?:opa_malloc: failed|WebAssembly\.Memory)/;
/**
 * Bytes of memory that the evaluation of one byte of input takes: up to 33 were measured. The policy's own allocator would
 * add one page after the other, and each makes V8 collect its garbage. 4,000 bindings took 8 s that way, and take 1.3 s with
 * the memory there from the start.
 */
const ROOM = 34;

/** One compiled policy in its own memory. Evaluation is synchronous; a policy that failed once must not be used again. */
export interface WasmPolicy {
  /** Size of the largest input, in bytes of its JSON, that it has the memory for from the start. */
  readonly room: number;
  /**
   * Evaluates the named entrypoint and returns its value, which is an object.
   * @throws AnycastError `PolicyInputInvalid`, `PolicyMemoryExceeded`, `PolicyFailed`, `PolicyUndefined`, `PolicyPrinted`
   */
  evaluate(input: object): Record<string, unknown>;
}

/**
 * Loads a compiled policy. This is the only place that touches the OPA SDK, whose habits would each let a plan pass
 * unseen: it throws strings, prints to stdout, takes entrypoint 0 by default, returns an empty list for an undefined
 * decision, and reads a Buffer, a string or a falsy input as something else than the document meant.
 * @param largest the input that memory is made ready for, in bytes of its JSON. @default a small one
 * @throws AnycastError `PolicyNotLoaded`, `PolicyMemoryExceeded`
 */
export function loadWasmPolicy(wasm: Uint8Array, data: object, entrypoint: string, largest = 0): WasmPolicy {
  try {
    const initial = Math.min(MAXIMUM_PAGES, Math.max(INITIAL_PAGES, Math.ceil((largest * ROOM) / PAGE)));
    const memory = { initial, maximum: MAXIMUM_PAGES };
    const module = new WebAssembly.Module(Uint8Array.from(wasm));
    const policy = quietly(() => loadPolicySync(module as never, memory));
    if (!Object.hasOwn(policy.entrypoints, entrypoint)) throw new Error(`it has no entrypoint ${entrypoint}`);
    quietly(() => policy.setData(data));
    return { room: (initial * PAGE) / ROOM, evaluate: (input) => evaluate(policy, input, entrypoint) };
  } catch (cause) {
    proveMemory(cause);
    throw new AnycastError(
      "PolicyNotLoaded",
      `The compiled policy could not be loaded: ${messageOf(cause)}. Fix: install the package again, or rebuild the policy.`,
      { cause },
    );
  }
}

type LoadedPolicy = ReturnType<typeof loadPolicySync>;

function evaluate(policy: LoadedPolicy, input: object, entrypoint: string): Record<string, unknown> {
  if (!isPlainObject(input)) {
    throw new AnycastError(
      "PolicyInputInvalid",
      "The policy's input is not a parsed JSON object. Fix: this is a defect of the caller.",
    );
  }
  let results: unknown;
  try {
    results = quietly(() => policy.evaluate(input, entrypoint) as unknown);
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    proveMemory(cause);
    if (describe(cause) === "illegal string escape character") {
      throw new AnycastError(
        "PlanTextInvalid",
        "The plan holds half of a character (a lone surrogate, such as \\ud800), which terraform does not write. Nothing was decided. Fix: make the JSON with `terraform show -json`.",
        { cause },
      );
    }
    throw new AnycastError(
      "PolicyFailed",
      `The policy stopped while it evaluated the plan: ${describe(cause)}. Nothing was decided.`,
      { cause },
    );
  }
  const only = Array.isArray(results) && results.length === 1 ? (results[0] as { result?: unknown }).result : undefined;
  if (!isPlainObject(only)) {
    throw new AnycastError(
      "PolicyUndefined",
      `The policy's entrypoint ${entrypoint} gave no decision. Nothing was decided.`,
    );
  }
  return only;
}

/** @throws AnycastError `PolicyMemoryExceeded` where that is the cause */
function proveMemory(cause: unknown): void {
  if (!OUT_OF_MEMORY.test(describe(cause))) return;
  throw expectationError(
    "PolicyMemoryExceeded",
    {
      what: "the memory of the rules while they evaluate what they must look at together",
      rule: `at most ${bytesAsText(MOST_MEMORY)}`,
      got: "more, or more than there is",
      fix: "split the stack, or run the check where more memory is free.",
    },
    cause,
  );
}

function describe(cause: unknown): string {
  if (typeof cause === "string") return cause;
  if (typeof cause === "object" && cause !== null && "message" in cause) return String(cause.message);
  return String(cause);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Runs `work` with the SDK's way to stdout and stderr shut; a policy that prints is not the one we shipped. */
function quietly<T>(work: () => T): T {
  const printed: string[] = [];
  const { log, error, warn } = console;
  const keep = (...parts: unknown[]): void => void printed.push(parts.map(String).join(" "));
  Object.assign(console, { log: keep, error: keep, warn: keep });
  try {
    const result = work();
    if (printed.length > 0)
      throw new AnycastError(
        "PolicyPrinted",
        `The policy printed ${String(printed.length)} lines and must print none, first: ${printed[0] ?? ""}`,
      );
    return result;
  } finally {
    Object.assign(console, { log, error, warn });
  }
}
