import type { SideName, VerdictReason, VerifyAttempt, VerifySettings } from "../../core/verify-report";

/** Why the two sides cannot be compared, whatever the times are. */
export function voidReasons(
  attempts: readonly VerifyAttempt[],
  settings: Pick<VerifySettings, "expect_status" | "ignore_size">,
): VerdictReason[] {
  const answered = attempts.filter(({ error }) => error === undefined);
  const of = <T>(side: SideName, field: (one: VerifyAttempt) => T | undefined): Set<T> =>
    new Set(answered.filter((one) => one.side === side).flatMap((one) => field(one) ?? []));
  const both = <T>(field: (one: VerifyAttempt) => T | undefined): [Set<T>, Set<T>] => [
    of("plain", field),
    of("accelerated", field),
  ];
  const reasons: VerdictReason[] = [];
  const remotes = both(({ remote }) => remote);
  const shared = [...remotes[0]].find((one) => remotes[1].has(one));
  if (shared !== undefined)
    reasons.push({
      code: "SameAddress",
      message: `Both sides were answered by ${shared}: there is one path, not two.`,
    });
  const statuses = both(({ status }) => status);
  if (settings.expect_status === undefined && differ(statuses, (sets) => union(sets).size > 1)) {
    reasons.push({
      code: "StatusDiffers",
      message: `The answers have different statuses: ${listed(statuses)}. Fix: measure a page that answers with the same status on both sides, or accept all of them with --expect-status ${[...union(statuses)].sort().join(",")}.`,
    });
  }
  const sizes = both(({ bytes }) => bytes);
  if (
    !settings.ignore_size &&
    differ(sizes, ([a, b]) => [...union([a, b])].some((one) => !a.has(one) || !b.has(one)))
  ) {
    reasons.push({
      code: "SizeDiffers",
      message: `The answers have different sizes: ${listed(sizes, " bytes")}. Fix: measure a page of the same size on both sides, or add --ignore-size if its size changes by itself.`,
    });
  }
  const silent = answered.filter(({ bytes }) => bytes === undefined).length;
  if (!settings.ignore_size && silent > 0) {
    reasons.push({
      code: "SizeUnknown",
      message: `The size of ${silent} answers is not known, so they may differ. Fix: measure a page whose answer has a Content-Length, or add --ignore-size.`,
    });
  }
  return reasons;
}

/** A side without any answer is another matter. */
function differ<T>(sets: [Set<T>, Set<T>], test: (sets: [Set<T>, Set<T>]) => boolean): boolean {
  return sets[0].size > 0 && sets[1].size > 0 && test(sets);
}

const union = <T>([a, b]: [Set<T>, Set<T>]): Set<T> => new Set([...a, ...b]);

function listed([plain, accelerated]: [Set<number>, Set<number>], unit = ""): string {
  const list = (set: Set<number>): string => {
    const all = [...set].sort((a, b) => a - b);
    return `${all.slice(0, 3).join(", ")}${all.length > 3 ? ", …" : ""}${unit}`;
  };
  return `plain ${list(plain)}, accelerated ${list(accelerated)}`;
}
