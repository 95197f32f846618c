import { setTimeout as wait } from "node:timers/promises";
import { SandboxError } from "../errors";
import { Call } from "./call";
import type { Settings } from "./call";
import { CloudError, LostResponseError } from "./contract";
import type { Body, CallContext, Cloud, CloudEvent, CloudOptions, CloudSnapshot, Params, Product } from "./contract";
import { crash } from "./faults/crash";
import { NO_FAULT } from "./faults/injector";
import type { CallFault } from "./faults/injector";
import type { FaultRule } from "./faults/rule";
import { completeOptions } from "./options";
import type { CompletedOptions } from "./options";
import { redactParams } from "./redact";
import { isRead, SERVICES } from "./services";
import { DEFAULT_GROUP } from "./services/groups";
import { snapshotOf } from "./snapshot";
import { LaggingView } from "./store/lagging-view";
import { Store } from "./store/store";
import type { Commit } from "./store/store";
import { earlierAnswer, rememberAnswer } from "./tokens";

/**
 * Opens the simulated cloud on a state directory.
 * @throws SandboxError `SandboxInUse`, `SandboxStateDamaged`, `SandboxStateUnknown`, `SandboxAccountMismatch`,
 *   `SandboxOptionInvalid`, `FaultNotUnderstood`, `FaultActionUnknown`
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const completed = completeOptions(options);
  const store = await Store.open(completed.directory, completed.accountId, completed.fallbackAccount);
  const cloud = new SimulatedCloud(completed, store);
  await cloud.prepare();
  return cloud;
}

class SimulatedCloud implements Cloud {
  private readonly listeners = new Set<(event: CloudEvent) => void>();
  private readonly lagging: LaggingView;
  private readonly settings: Settings;
  private closed = false;

  public constructor(
    private readonly options: CompletedOptions,
    private readonly store: Store,
  ) {
    this.settings = { ...options.settings, accountId: store.accountId };
    this.lagging = new LaggingView(store.state, options.consistencyLag);
  }

  public get directory(): string {
    return this.store.directory;
  }

  public get accountId(): string {
    return this.store.accountId;
  }

  /** Makes what every account has from the start. */
  public async prepare(): Promise<void> {
    const { state } = this.store;
    if (state.by("resource-group", "name", DEFAULT_GROUP).length > 0) return;
    const id = `rg-acfm${this.settings.ids.letters(11)}`;
    const group = {
      id,
      region: "",
      created: this.options.clock(),
      tags: {},
      name: DEFAULT_GROUP,
      displayName: "default resource group",
    };
    state.put("resource-group", { ...group, status: [["OK"]] });
    await this.store.commit().saved;
  }

  public async call(product: Product, action: string, params: Params, context: CallContext): Promise<Body> {
    const requestId = context.requestId ?? this.settings.ids.requestId();
    const began = performance.now();
    const hits: FaultRule[] = [];
    const told = (outcome: string, httpStatus: number): void => {
      if (context.inside === true) return;
      this.tell({
        type: "call",
        at: this.options.clock(),
        product,
        action,
        region: params["RegionId"] ?? context.region,
        requestId,
        ms: performance.now() - began,
        outcome,
        httpStatus,
        params: redactParams(params),
        ...(hits.length === 0 ? {} : { fault: hits.map((rule) => rule.text).join(", ") }),
      });
    };
    try {
      const body = await this.carryOut(product, action, params, { ...context, requestId }, (rule) => hits.push(rule));
      told("ok", 200);
      return body;
    } catch (thrown) {
      if (thrown instanceof CloudError) {
        thrown.requestId = requestId;
        told(thrown.code, thrown.httpStatus);
      } else
        told(
          thrown instanceof LostResponseError ? "lost-response" : "SandboxFailed",
          thrown instanceof LostResponseError ? 0 : 500,
        );
      throw thrown;
    }
  }

  public snapshot(): CloudSnapshot {
    const now = this.options.clock();
    this.store.state.expire(now);
    return snapshotOf(this.store.state, this.store.directory, this.settings, now);
  }

  public on(listener: (event: CloudEvent) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  public async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.store.close();
    this.tell({ type: "closed", at: this.options.clock() });
  }

  private async carryOut(
    product: Product,
    action: string,
    params: Params,
    context: CallContext & { readonly requestId: string },
    onHit: (rule: FaultRule) => void,
  ): Promise<Body> {
    if (this.closed)
      throw new SandboxError("SandboxClosed", "The sandbox was closed; it takes no more calls. Fix: open it again.");
    const actions = SERVICES[product];
    const handler = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (handler === undefined)
      throw new CloudError(
        "InvalidAction.NotFound",
        400,
        `The sandbox does not simulate the action ${product}.${action}.`,
      );
    const fault = context.inside === true ? NO_FAULT : this.options.faults.forCall(product, action, onHit);
    const slow = fault.take("slow");
    if (slow !== undefined) await wait(slow.delay);
    if (fault.take("throttle") !== undefined)
      throw new CloudError("Throttling.User", 400, "Request was denied due to user flow control.");
    if (fault.take("500") !== undefined)
      throw new CloudError("InternalError", 500, "The request processing has failed due to some unknown error.");
    const dies = fault.peek("crash");
    if (dies?.point === "before") crash();
    if (dies?.point === "torn") await this.store.idle();
    const { call, body, commit } = this.transact(product, action, params, context, handler, fault);
    await commit.saved;
    // A call that the cloud refuses does not use these rules up.
    if (dies !== undefined) crash();
    this.announce(commit, call.now);
    // Whose event names the rule: the internet acts on it.
    fault.take("interruption");
    if (fault.take("lost-response") !== undefined) throw new LostResponseError(action, context.requestId);
    if (call.partialFailure !== undefined) throw call.partialFailure;
    return { RequestId: context.requestId, ...body };
  }

  /** The change itself: in one go, all of it or nothing. */
  private transact(
    product: Product,
    action: string,
    params: Params,
    context: CallContext,
    handler: (call: Call) => Body,
    fault: CallFault,
  ): { readonly call: Call; readonly body: Body; readonly commit: Commit } {
    const { state } = this.store;
    const now = this.options.clock();
    state.expire(now);
    const read = isRead(action);
    const view = read && context.inside !== true ? this.lagging.at(now) : state;
    const stuck = fault.take("stuck") !== undefined;
    const partialTags = fault.take("partial-tags") !== undefined;
    try {
      const call = new Call(product, action, params, context, this.settings, now, view, state, { stuck, partialTags });
      const earlier = read ? undefined : earlierAnswer(call);
      const body = earlier ?? handler(call);
      call.endDryRun();
      if (earlier === undefined && !read && call.partialFailure === undefined) rememberAnswer(call, body);
      if (fault.peek("crash")?.point === "torn") {
        this.store.tear();
        crash();
      }
      const commit = this.store.commit();
      this.lagging.note(commit.before, now);
      return { call, body, commit };
    } catch (thrown) {
      state.undo();
      throw thrown;
    }
  }

  private announce(commit: Commit, at: number): void {
    for (const [kind, id, record] of commit.ops) {
      if (kind === "token") continue;
      const before = commit.before.get(`${kind}/${id}`);
      const change = record === null ? "deleted" : before === undefined ? "created" : "updated";
      this.tell({ type: "changed", at, change, kind, id });
    }
  }

  private tell(event: CloudEvent): void {
    for (const listener of this.listeners)
      try {
        listener(event);
      } catch {
        // An observer must not break the cloud.
      }
  }
}
