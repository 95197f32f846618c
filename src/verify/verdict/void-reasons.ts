import type { SideName, VerdictReason, VerifyAttempt, VerifySettings } from "../../core/verify-report";
import type { Share } from "../statistics";
import { shareDifference } from "../statistics";

/** Standard errors by which the shares of one size have to differ, where both sides answer in several sizes. */
const MIX_Z = 3;

/** Reasons why the two sides cannot be compared, independent of the times. */
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
  const sizes = both(sizeOf);
  const sizesOf = (side: SideName): number[] =>
    answered.filter((one) => one.side === side).flatMap((one) => sizeOf(one) ?? []);
  if (!settings.ignore_size && differ(sizes, () => mixDiffers(sizesOf("plain"), sizesOf("accelerated")))) {
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

/** Size of the requested page; for HEAD the announced size counts, because there is no body. */
export const sizeOf = ({ announced, bytes }: VerifyAttempt): number | undefined => announced ?? bytes;

/** Whether a size comes from one side only, or is too much more frequent on one side to be chance. */
function mixDiffers(plain: readonly number[], accelerated: readonly number[]): boolean {
  return [...new Set([...plain, ...accelerated])].some((size) => {
    const share = (all: readonly number[]): Share => ({
      hits: all.filter((one) => one === size).length,
      n: all.length,
    });
    const [a, b] = [share(plain), share(accelerated)];
    if (a.hits === 0 || b.hits === 0) return true;
    const { low, high } = shareDifference(a, b, MIX_Z);
    return low > 0 || high < 0;
  });
}

/** Compares only where both sides have answers; a side without any is handled elsewhere. */
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
