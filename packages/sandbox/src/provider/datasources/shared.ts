import { resolve } from "node:path";
import { writeFileAtomic } from "../../atomic-file";
import type { Body, Product } from "../../cloud/contract";
import { at, listAt } from "../api/body";
import { wayOf } from "../api/calls";
import { operationFailed, ProviderError } from "../api/errors";
import type { Request } from "../api/params";
import type { ObjectValue } from "../values/value";
import { patternOf } from "../values/pattern";
import { isArray } from "../values/value";
import type { DataSourceContext, Results } from "./type";

/** Text of an argument, undefined when it is not set. */
export function argument(given: ObjectValue, name: string): string | undefined {
  const value = given[name] ?? null;
  return value === null || value === "" ? undefined : String(value);
}

export function argumentList(given: ObjectValue, name: string): readonly string[] {
  const value = given[name] ?? null;
  return isArray(value) ? value.filter((one) => one !== null).map(String) : [];
}

/**
 * One call, its failure worded as the real provider words it.
 * @param place which of several places in the real provider's file sends the action. @default the only one
 * @throws ProviderError
 */
export async function ask(
  context: DataSourceContext,
  file: string,
  product: Product,
  action: string,
  request: Request,
  place?: string,
): Promise<Body> {
  const way = wayOf(file, action, place);
  try {
    return await context.api.call(product, action, request, way);
  } catch (thrown) {
    // This one call is passed on without a line of the data source's own.
    if (file === "data_source_alicloud_zones" && product === "Ecs" && action === "DescribeAvailableResource")
      throw operationFailed({ file: "service_alicloud_ecs", id: "", action, way }, thrown);
    const id = file.replace(/^data_source_/, "");
    throw operationFailed({ file, id, action, way, noun: "Datasource" }, thrown);
  }
}

/** One call that a service of the released provider makes, whose failure is passed on without a word on what it was for. */
export async function askService(
  context: DataSourceContext,
  file: string,
  service: string,
  product: Product,
  action: string,
  request: Request,
): Promise<Body> {
  const way = wayOf(file, action);
  try {
    return await context.api.call(product, action, request, way);
  } catch (thrown) {
    throw operationFailed({ file, service, id: "", action, way }, thrown);
  }
}

const PAGE = 50;

/** All pages of a list. @param size items of a page. @default 50 */
export async function askAll(
  context: DataSourceContext,
  file: string,
  product: Product,
  action: string,
  request: Request,
  path: string,
  size = PAGE,
): Promise<readonly Body[]> {
  const found: Body[] = [];
  for (let page = 1; ; page += 1) {
    const body = await ask(context, file, product, action, { ...request, PageNumber: page, PageSize: size });
    const items = listAt(body, path);
    found.push(...items);
    if (items.length < size) return found;
  }
}

/** The filters that data sources apply themselves: by id and by name. @throws ProviderError for a bad pattern */
export function localFilter(given: ObjectValue, idField: string, nameField: string): (item: Body) => boolean {
  const ids = new Set(argumentList(given, "ids"));
  const pattern = argument(given, "name_regex");
  const expression = pattern === undefined ? undefined : compile(pattern);
  return (item) =>
    (ids.size === 0 || ids.has(String(item[idField]))) &&
    (expression === undefined || expression.test(String(item[nameField] ?? "")));
}

/** @throws ProviderError when it is no regular expression */
export function compile(pattern: string): RegExp {
  try {
    return patternOf(pattern);
  } catch (cause) {
    throw new ProviderError(`"name_regex" contains an invalid regular expression: ${pattern}`, "", cause);
  }
}

/** Renames the fields of an answer: attribute to path. What is missing is left out. */
export function rename(item: Body, fields: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, path]) => [name, at(item, path)]));
}

/**
 * The results of a list: its id is the check sum of the ids, and `output_file`, when given, gets the items as JSON.
 * @param items under the name that they have in the data source
 */
export function results(given: ObjectValue, ids: readonly string[], more: Readonly<Record<string, unknown>>): Results {
  const file = argument(given, "output_file");
  if (file !== undefined) {
    const items = Object.values(more).find((one) => Array.isArray(one) && typeof one[0] === "object") ?? [];
    writeFileAtomic(resolve(file), `${JSON.stringify(items, null, "\t")}\n`, 0o644);
  }
  return { ...more, ids, id: String(checksum(ids.map((id) => `${id}-`).join(""))) };
}

/** CRC-32 as used by the real provider for ids. */
function checksum(text: string): number {
  let sum = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
