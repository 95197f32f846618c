import type { Call } from "./call";
import { invalid } from "./errors";

/** One page of a list by number, with the numbers the answer carries. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly numbers: { readonly PageNumber: number; readonly PageSize: number; readonly TotalCount: number };
}

/** Cuts the page that `PageNumber` and `PageSize` ask for. @throws CloudError `InvalidParameter` */
export function numberedPage<T>(call: Call, items: readonly T[], defaultSize: number, maxSize: number): Page<T> {
  const size = call.params.int("PageSize", { min: 1, max: maxSize }) ?? defaultSize;
  const number = call.params.int("PageNumber", { min: 1 }) ?? 1;
  return {
    items: items.slice((number - 1) * size, number * size),
    numbers: { PageNumber: number, PageSize: size, TotalCount: items.length },
  };
}

/** Cuts the page that `NextToken` and `MaxResults` ask for. `NextToken` is "" on the last one. @throws CloudError `InvalidParameter` */
export function tokenPage<T>(
  call: Call,
  items: readonly T[],
  defaultSize: number,
  maxSize: number,
): { readonly items: readonly T[]; readonly next: string } {
  const size = call.params.int("MaxResults", { min: 1, max: maxSize }) ?? defaultSize;
  const token = call.params.text("NextToken");
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isSafeInteger(start) || start < 0) throw invalid("NextToken", "it was not made by an earlier answer.");
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(String(end)).toString("base64url") : "",
  };
}
