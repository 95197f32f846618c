import { isIP } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../errors";
import type { Applications } from "./application";
import { ByteReader, isFailure } from "./byte-reader";
import { delayBytes } from "./delay-line";
import { connectBehind, decide } from "./load-balancer";
import type { Outcome } from "./load-balancer";
import type { Lookup } from "./lookup";
import { USER_LOCATIONS } from "./places";
import type { UserLocation } from "./places";
import type { Random } from "./random";
import { handshakeMs, oneWayMs } from "./route";
import { sendOver } from "./tcp-line";
import type { Route } from "./route";
import { Stopwatch } from "./stopwatch";
import type { Timing } from "./traffic";
import { Command, Method, parseGreeting, parseRequest, parseUserName, Reply, replyBytes } from "./socks-message";

/** Something that happened to one connection. */
export interface InternetEvent {
  readonly outcome: Outcome["kind"] | "misspoken" | "failed";
  /** What the client asked for, `host:port`. */
  readonly to?: string;
  readonly user?: UserLocation;
  readonly route?: Route;
  readonly message?: string;
}

export interface SessionContext {
  readonly lookup: Lookup;
  readonly applications: Applications;
  readonly user: UserLocation;
  /** A generator for one connection to `host:port`. */
  readonly randomFor: (to: string) => Random;
  /** Divides every delay. */
  readonly speed: number;
  /** How long an address that answers nothing is waited for, undivided. */
  readonly silenceMs: number;
  /** How long a client may take for its part of the negotiation. */
  readonly negotiationMs: number;
  readonly onEvent: (event: InternetEvent) => void;
  /** Called with the timings of each connection that has ended. */
  readonly onTiming: (timing: Timing) => void;
  /** Aborted when the internet stops. */
  readonly signal: AbortSignal;
}

/** Serves one client of the access network, from its greeting to the end of its connection. */
export async function serveClient(client: Socket, context: SessionContext): Promise<void> {
  const reader = new ByteReader(client);
  const deadline = performance.now() + context.negotiationMs;
  const methods = await reader.next(parseGreeting, deadline);
  if (isFailure(methods)) return giveUp(client, context, methods.failure);
  const user = await negotiate(client, reader, methods, deadline, context);
  if (user === undefined) return;
  const request = await reader.next(parseRequest, deadline);
  if (isFailure(request)) return giveUp(client, context, request.failure);
  if (request.host === undefined) return refuse(client, Reply.addressTypeNotSupported);
  if (request.command !== Command.connect) return refuse(client, Reply.commandNotSupported);
  reader.handOver();
  await open(client, user, request.host, request.port, context);
}

/** Agrees on a method. A user name tells where the user sits; without one it is the place this internet was started with. */
async function negotiate(
  client: Socket,
  reader: ByteReader,
  methods: readonly number[],
  deadline: number,
  context: SessionContext,
): Promise<UserLocation | undefined> {
  if (methods.includes(Method.userName)) {
    client.write(Buffer.from([5, Method.userName]));
    const name = await reader.next(parseUserName, deadline);
    if (isFailure(name)) return void giveUp(client, context, name.failure);
    const known = Object.hasOwn(USER_LOCATIONS, name);
    client.write(Buffer.from([1, known ? 0 : 1]));
    if (known) return name as UserLocation;
    context.onEvent({ outcome: "misspoken", message: `the user name ${JSON.stringify(name)} is no known place` });
    return void client.end();
  }
  if (methods.includes(Method.none)) {
    client.write(Buffer.from([5, Method.none]));
    return context.user;
  }
  context.onEvent({ outcome: "misspoken", message: "no acceptable authentication method" });
  return void client.end(Buffer.from([5, Method.noneAcceptable]));
}

async function open(
  client: Socket,
  user: UserLocation,
  host: string,
  port: number,
  context: SessionContext,
): Promise<void> {
  const began = performance.now();
  const to = isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
  const random = context.randomFor(to);
  const watch = new Stopwatch(began, { user, ip: host }, context.onTiming);
  const waitSince = (ms: number): Promise<void> =>
    sleep(Math.max(0, ms / context.speed - (performance.now() - began)), undefined, { signal: context.signal });
  try {
    // There is no name service here, so a name is as unknown as a foreign address.
    const outcome = decide(user, isIP(host) === 0 ? undefined : await context.lookup(host), port, random);
    const route = "route" in outcome ? outcome.route : undefined;
    context.onEvent({ outcome: outcome.kind, to, user, ...(route === undefined ? {} : { route }) });
    if (outcome.kind === "unknown") return refuse(client, Reply.notAllowed);
    if (outcome.kind === "silent") {
      await waitSince(context.silenceMs);
      watch.ended();
      return refuse(client, Reply.hostUnreachable);
    }
    const handshake = handshakeMs(outcome.route, random);
    if (outcome.kind === "refused") {
      await waitSince(handshake);
      watch.ended();
      return refuse(client, Reply.connectionRefused);
    }
    const server = await connectBehind(outcome, context.applications);
    server.on("error", () => undefined);
    await waitSince(handshake);
    if (client.destroyed) {
      watch.ended();
      return void server.destroy();
    }
    client.write(replyBytes(Reply.succeeded));
    watch.connected(client, outcome.region);
    const late = (): number => oneWayMs(outcome.route, random) / context.speed;
    delayBytes(client, server, late);
    sendOver(server, client, outcome.route, random, { speed: context.speed, onArrival: () => watch.arrived() });
    client.resume();
  } catch (thrown) {
    if (context.signal.aborted) return void client.destroy();
    context.onEvent({ outcome: "failed", to, user, message: messageOf(thrown) });
    refuse(client, Reply.generalFailure);
  }
}

function refuse(client: Socket, reply: number): void {
  client.end(replyBytes(reply));
  client.resume();
}

function giveUp(client: Socket, context: SessionContext, failure: string): void {
  if (failure !== "closed") context.onEvent({ outcome: "misspoken", message: failure });
  client.destroy();
}
