import type { VerifyAttempt } from "../core/verify-report";
import type { WatchSide } from "../core/watch-report";
import { endpointShown } from "./endpoint-shown";
import type { Endpoint, Measured } from "./measure";

const failed = ({ error }: Pick<VerifyAttempt, "error">): boolean => error !== undefined;

/** The interruption of one address, from the requests to it. */
export function watchSide(endpoint: Endpoint, measured: readonly Measured[]): WatchSide {
  const inOrder = [...measured].sort((a, b) => a.at - b.at);
  const lost = inOrder.filter(failed);
  const [first, last] = [lost[0], lost.at(-1)];
  const counts = new Map<string, number>();
  for (const { error } of lost) counts.set(error!.code, (counts.get(error!.code) ?? 0) + 1);
  return {
    ...endpointShown(endpoint),
    requests: inOrder.length,
    lost: lost.length,
    ...(first === undefined || last === undefined ? {} : { first_failure: first.at, last_failure: last.at }),
    longest_gap_ms: longestGap(inOrder),
    failures: [...counts].map(([code, count]) => ({ code, count })),
  };
}

/** The longest gap. Before the first answered request it counts from the first request, after the last one to the last request. */
function longestGap(inOrder: readonly Measured[]): number {
  const edges = [inOrder[0], ...inOrder.filter((one) => !failed(one)), inOrder.at(-1)].flatMap((one) => one?.at ?? []);
  return edges.reduce((most, at, i) => Math.max(most, at - (edges[i - 1] ?? at)), 0);
}
