import type { Outcome } from "./outcome";

/** Allowed although the cloud refuses it or binds something else; by JSON alone only where all expressions are shown. */
export function isWrongYes(outcome: Outcome): boolean {
  const { trial, allowed, allowedByJson, byReference, boundWell, asProven, excused } = outcome;
  const well = (trial.good && boundWell && asProven) || (excused && (trial.excusable ?? false));
  return (allowed && !well) || (allowedByJson && !byReference && !well);
}

export function isWrongNo({ trial, allowed }: Outcome): boolean {
  return trial.provable && trial.good && !allowed;
}

/** The cloud did not do what the trial was made for, so it is no witness. */
export function isOdd({ trial, boundWell }: Outcome): boolean {
  return trial.good !== boundWell && !(trial.unordered ?? false);
}
