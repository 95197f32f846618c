import { type Origin } from "../origins";
import { mayBe } from "./found";

/**
 * Says which part of an expression may give something else, and where it stands: `EXPRESSION, which may be null
 * (main.tf:12)`. Undefined where only references are at hand, or where all of it fits.
 */
export function doubtOf(origins: readonly Origin[], isFitting: (origin: Origin) => boolean): string | undefined {
  const origin = origins.find((one) => one.at !== undefined && one.listed !== true && !isFitting(one));
  return origin === undefined ? undefined : inPlace(origin, whatElse(origin));
}

/** The same of a value that is known only after apply, also where all of it fits. */
export function afterApply(origins: readonly Origin[], isFitting: (origin: Origin) => boolean): string | undefined {
  const shown = origins.find((one) => one.at !== undefined && one.listed !== true);
  return doubtOf(origins, isFitting) ?? (shown && inPlace(shown, "is known only after apply"));
}

/** Quotes an expression whose place is known, with what is to be said of it, and why it is open. */
export function inPlace({ by, at, doubt }: Origin, what: string): string {
  return `${by}, which ${what} (${at!})${doubt === undefined ? "" : `, since ${doubt.replaceAll("`", "")}`}`;
}

export function whatElse(origin: Origin): string {
  if (origin.what === "opaque") return origin.why;
  if (origin.what === "resource") return `may be ${origin.block}${origin.attribute}`;
  return mayBe(origin);
}
