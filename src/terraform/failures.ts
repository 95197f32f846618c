import { AnycastError } from "../core/errors";
import { commandName } from "../core/terraform-binary";

/** The content of a state lock. */
export interface LockInfo {
  readonly id: string;
  readonly who: string;
  readonly operation: string;
  readonly created: string;
}

/** Reads terraform's "Lock Info" block out of an error text, boxed (`│`) or plain. */
export function lockInfoIn(text: string): LockInfo | undefined {
  if (!/Error acquiring the state lock/i.test(text)) return undefined;
  const field = (name: string): string => new RegExp(`^[\\s│|]*${name}:[ \\t]*(.*?)\\s*$`, "m").exec(text)?.[1] ?? "";
  const info = { id: field("ID"), who: field("Who"), operation: field("Operation"), created: field("Created") };
  // The http backend prints the lock we asked for; of the lock that is held it prints only the id.
  const held = /already locked:[\s│|]*ID=([^\s"]+)/.exec(text)?.[1];
  return held === undefined || held === info.id ? info : { id: held, who: "", operation: "", created: "" };
}

/** OpenTofu's messages for plans and states that it cannot decrypt; they come while it takes the lock. */
const ENCRYPTED =
  /(is encrypted and|decryption failed for all|encountered unencrypted payload|Unable to build encryption key data)/;

/**
 * Makes one error, with a fix, from what terraform printed when it failed.
 * @param step what was being done, e.g. `plan`
 * @param text terraform's errors, without colours
 * @param binary the program that was run
 */
export function terraformFailure(step: string, cwd: string, text: string, binary: string): AnycastError {
  const command = commandName(binary);
  const encrypted = ENCRYPTED.test(text.replace(/[\s│|]+/g, " "));
  const lock = encrypted ? undefined : lockInfoIn(text);
  if (lock !== undefined) return stateLocked(command, cwd, lock);
  if (/Saved plan is stale/i.test(text)) return planStale(cwd);
  const first = firstError(text);
  const fix = encrypted
    ? "set TF_ENCRYPTION (or the encryption block) to what the plan and the state were written with, and run again."
    : `read ${command}'s own message above, correct the cause and run again.`;
  return new AnycastError(
    "TerraformFailed",
    `${command} ${step} failed in ${cwd}${first === "" ? "" : `: ${first}`} Fix: ${fix}`,
    { cause: text === "" ? undefined : new Error(text) },
  );
}

/** Another run has applied since the plan was made, for example while the plan waited for the lock. */
function planStale(cwd: string): AnycastError {
  return new AnycastError(
    "PlanStale",
    `The state was changed by another run after this plan was made (in ${cwd}), so the plan is no longer valid. Nothing of it was applied. Fix: plan and check again: run \`anycast deploy\` (or \`destroy\`), or save a new plan with \`anycast plan --save NEW\` and run \`anycast apply NEW\`.`,
  );
}

/**
 * Terraform did not end by itself: a signal, or a machine out of memory, ended it.
 * @param left what is known of what it did
 */
export function terraformKilled(binary: string, step: string, signal: string, cwd: string, left: string): AnycastError {
  return new AnycastError(
    "TerraformKilled",
    `${commandName(binary)} ${step} was killed (${signal}; at ${cwd}). ${left} Fix: run the same command again.`,
  );
}

/**
 * Says who holds the lock, since when, and how to free it.
 * @param lock `"free"`: it has been released since
 */
export function stateLocked(command: string, cwd: string, lock: LockInfo | "free"): AnycastError {
  if (lock === "free") {
    return new AnycastError(
      "StateLocked",
      "The state was locked by another run, which has released it since. Nothing was changed. Fix: run the same command again, with --lock-timeout=5m to wait for such runs.",
    );
  }
  const owner = lock.who === "" ? "another run" : lock.who;
  const doing = lock.operation === "" ? "" : ` (${lock.operation}, since ${lock.created})`;
  const free =
    lock.id === "" ? "" : ` If that run is dead, free it with \`${command} force-unlock ${lock.id}\` in ${cwd}.`;
  return new AnycastError(
    "StateLocked",
    `The state is locked by ${owner}${doing}. Nothing was changed. Fix: wait until that run has ended, or wait for it with --lock-timeout=5m.${free}`,
    { cause: lock },
  );
}

/** Lines of what the cloud said that are shown, at most. */
const MOST_ANNOUNCED = 6;

/** The first error's summary and detail, in one line. */
function firstError(text: string): string {
  const lines = text.split("\n").map((line) => line.replace(/^[\s│╷╵|]+/, "").trim());
  const at = lines.findIndex((line) => line.startsWith("Error: "));
  if (at < 0) return lines.filter(Boolean).slice(-1)[0] ?? "";
  const summary = lines[at]!.slice("Error: ".length);
  const line = summary.endsWith(":") ? [summary, ...announced(lines.slice(at + 1))].join(" ") : summary;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** What follows a summary that ends with a colon, as the provider's do: what the cloud said, without its raw answer. */
function announced(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => line === "" || line.startsWith("Data: "));
  return lines.slice(0, end < 0 ? MOST_ANNOUNCED : Math.min(end, MOST_ANNOUNCED));
}

/** Whether terraform has printed an error, boxed (`│`) or plain. @param text what it printed on stderr */
export function saysError(text: string): boolean {
  return /^[\s│|]*Error: /m.test(withoutColor(text));
}

/** Removes colour and cursor sequences. */
export function withoutColor(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
}
