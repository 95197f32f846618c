import type { Effect, VantageReport, VerifyVerdict } from "../../core/verify-report";
import type { Metric } from "../../core/verify-report";

/** From worst to best: the verdict for all places is that of the worst one. */
const WORST_FIRST: readonly VerifyVerdict[] = ["slower", "inconclusive", "no difference", "faster"];

export function overallVerdict(vantages: readonly Pick<VantageReport, "verdict">[]): VerifyVerdict {
  return WORST_FIRST.find((one) => vantages.some(({ verdict }) => verdict === one)) ?? "inconclusive";
}

/** Whether an address did not answer at all, or a place could not be used, which is no verdict on the address. */
export function unmeasured(vantages: readonly Pick<VantageReport, "reasons">[]): boolean {
  return vantages.some(({ reasons }) => reasons.some(({ code }) => ["NeverAnswers", "VantageFailed"].includes(code)));
}

/** The verdict in one sentence. */
export function sentenceOf(vantages: readonly VantageReport[], metric: Metric): string {
  const [only, ...others] = vantages;
  if (only === undefined) return "Nothing was measured.";
  if (others.length === 0) return `${upper(claim(only, metric))}.`;
  return `${vantages.map((one) => `From ${one.vantage}, ${claim(one, metric)}`).join(". ")}.`;
}

function claim({ verdict, effect, pairs, reasons }: VantageReport, metric: Metric): string {
  const by = `${pairs} pairs of requests`;
  const change = changeText(effect[metric], by);
  switch (verdict) {
    case "faster":
      return `accelerated access is ${change ?? `faster: plain access fails (${by})`}`;
    case "slower":
      return `accelerated access is ${change ?? `slower: it fails (${by})`}`;
    case "no difference":
      return `accelerated and plain access do not differ (${by})`;
    case "inconclusive": {
      const reason = (reasons[0]?.message ?? "too few pairs").replace(/ Fix: .*/, "").replace(/\.$/, "");
      return `the measurement is inconclusive: ${lower(reason)}`;
    }
  }
}

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** `24 % faster (18 to 29 %, 160 pairs of requests)`; undefined when there is no ratio. */
function changeText(effect: Effect | undefined, by: string): string | undefined {
  if (effect === undefined) return undefined;
  const word = effect.ratio <= 1 ? "faster" : "slower";
  const percent = (ratio: number): number => Math.round((effect.ratio <= 1 ? 1 - ratio : ratio - 1) * 100);
  const limits = [effect.low, effect.high].flatMap((one) => (one === undefined ? [] : percent(one)));
  const between = limits.length < 2 ? [] : [`${Math.min(...limits)} to ${Math.max(...limits)} %`];
  return `${percent(effect.ratio)} % ${word} (${[...between, by].join(", ")})`;
}
