/** Limits how many pieces of work run at the same time. */
export function limitedTo(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes to the work that has waited longest, or becomes free.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * Works on items in dependency order, and on independent ones at the same time. `work` gets the results of its
 * predecessors and always runs: it decides itself what a failed predecessor means.
 * @param items each after those it waits for
 */
export async function inOrder<I extends { readonly name: string; readonly waitsFor: readonly string[] }, R>(
  items: readonly I[],
  limit: number,
  work: (item: I, before: readonly R[]) => Promise<R>,
): Promise<Map<string, R>> {
  const slot = limitedTo(limit);
  const started = new Map<string, Promise<R>>();
  for (const item of items) {
    const before = Promise.all(item.waitsFor.map((name) => started.get(name)!));
    started.set(
      item.name,
      before.then((results) => slot(() => work(item, results))),
    );
  }
  const settled = await Promise.allSettled(started.values());
  const failed = settled.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return new Map(await Promise.all([...started].map(async ([name, result]) => [name, await result] as const)));
}
