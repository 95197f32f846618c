import type { Body, Product } from "../../cloud/contract";
import type { CallOptions } from "../api/api";
import { clientToken } from "../api/api";
import { wayOf } from "../api/calls";
import { isNotFound, operationFailed } from "../api/errors";
import type { Request } from "../api/params";
import { canonical } from "../values/value";
import type { OperationContext } from "./type";

export interface PerformOptions extends CallOptions {
  /** Codes that mean the object is gone; the call then answers undefined. @default a missing object is an error */
  readonly gone?: readonly string[];
  /** Shown in errors. @default the resource's id */
  readonly id?: string;
  /** Which of several places in the real provider's file sends the action. @default the one without a name */
  readonly place?: string;
  /** Adds a ClientToken. @default false */
  readonly token?: boolean;
}

/** One product's API as one resource type uses it: failures come out worded as the real provider words them. */
export class Operations {
  public constructor(
    private readonly context: OperationContext,
    private readonly file: string,
    private readonly product: Product,
  ) {}

  /** @throws ProviderError */
  public async send(action: string, request: Request, options: PerformOptions = {}): Promise<Body> {
    return (await this.attempt(action, request, { ...options, gone: undefined })) as Body;
  }

  /** Like `send`; undefined when the cloud says that the object is gone. @throws ProviderError */
  public async attempt(action: string, request: Request, options: PerformOptions = {}): Promise<Body | undefined> {
    const whole = options.token === true ? { ...request, ClientToken: clientToken(action) } : request;
    const way = wayOf(this.file, action, options.place);
    try {
      return await this.context.api.call(this.product, action, whole, way, options);
    } catch (thrown) {
      if (options.gone !== undefined && isNotFound(thrown, way, options.gone)) return undefined;
      const { id = this.context.data.id, place } = options;
      throw operationFailed({ file: this.file, id, action, way, place }, thrown);
    }
  }
}

/** The tags of a request: `Tag.1.Key`, `Tag.1.Value`. */
export function tagList(
  tags: Readonly<Record<string, string>>,
): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags an answer holds, under whichever names; those that belong to the cloud itself are left out. */
export function tagsOf(items: readonly Record<string, unknown>[]): Record<string, string> {
  const pairs = items.map((item): [string, string] => [
    String(item.Key ?? item.TagKey ?? ""),
    String(item.Value ?? item.TagValue ?? ""),
  ]);
  return Object.fromEntries(pairs.filter(([key]) => !isSystemTag(key)));
}

const isSystemTag = (key: string): boolean => /^(aliyun|acs:|http:\/\/|https:\/\/)/.test(key);

/**
 * Brings the tags of the object to what is wanted: removed and changed keys are untagged, then the whole new map is set.
 * @param untag the product's spelling of the action. @default UntagResources
 */
export async function changeTags(
  context: OperationContext,
  operations: Operations,
  resourceType: string,
  untag: "UntagResources" | "UnTagResources" = "UntagResources",
): Promise<void> {
  const { data } = context;
  if (!data.changed("tags")) return;
  const before = (data.old("tags") ?? {}) as Record<string, unknown>;
  const after = data.map("tags");
  const stale = Object.keys(before).filter(
    (key) => !isSystemTag(key) && canonical(String(before[key])) !== canonical(after[key] ?? null),
  );
  const target = { ResourceType: resourceType, ResourceId: [data.id] };
  if (stale.length > 0) await operations.send(untag, { ...target, TagKey: stale });
  if (Object.keys(after).length > 0) await operations.send("TagResources", { ...target, Tag: tagList(after) });
}
