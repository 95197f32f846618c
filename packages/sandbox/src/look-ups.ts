import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request as send } from "node:http";
import type { Cloud } from "./cloud";
import type { RunningExtension } from "./extension";
import { guard, limit, LIMITS } from "./front/guard";
import { listenOn } from "./loopback";
import type * as OpenApiFront from "./openapi";

/** Where `anycast recover` asks about objects. */
const VARIABLE = "ANYCAST_SANDBOX_API";
const HOST = "127.0.0.1";

/**
 * The API of a sandbox that serves the provider itself, for look-ups alone: it changes nothing. The front behind it is
 * started when the first question comes, because few runs ask one and its certificate takes time.
 */
export async function serveLookUps(cloud: Cloud): Promise<RunningExtension> {
  let front: Promise<OpenApiFront.OpenApi> | undefined;
  const open = (): Promise<OpenApiFront.OpenApi> => {
    const { startOpenApi } = require("./openapi") as typeof OpenApiFront;
    return (front ??= startOpenApi({ cloud }));
  };
  let port = 0;
  const refuse = (response: ServerResponse, status: number): void =>
    void response.writeHead(status, { Connection: "close", "Content-Length": 0 }).end();
  const guarded = guard({
    port: () => port,
    handle: async (message, response) => {
      if (!isLookUp(message)) return refuse(response, 403);
      passOn(message, response, (await open()).port);
    },
    refuse: (response, { status }) => refuse(response, status),
  });
  const server = createServer({ maxHeaderSize: LIMITS.headers }, guarded);
  limit(server);
  port = await listenOn(server, HOST);
  return {
    env: { [VARIABLE]: `${HOST}:${port}` },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await (await front?.catch(() => undefined))?.close();
    },
  };
}

/** Clients of the API send no Origin, also not the sandbox's own page, and say in the query alone what they ask for. */
function isLookUp({ headers, url = "" }: IncomingMessage): boolean {
  const base = `http://${HOST}`;
  const actions = URL.canParse(url, base) ? new URL(url, base).searchParams.getAll("Action") : [];
  const isRead = actions.length === 1 && /^(Describe|List)[A-Za-z]+$/.test(actions[0]!);
  return isRead && headers.origin === undefined;
}

/** A body is not passed on: it could name another action. */
function passOn(message: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = message;
  const { "content-length": _length, "transfer-encoding": _encoding, ...rest } = headers;
  const asked = send({ host: HOST, port, method, path: url, headers: { ...rest, host: `${HOST}:${port}` } });
  asked.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  asked.on("error", () => response.destroy());
  response.on("close", () => asked.destroy());
  message.on("error", () => asked.destroy()).resume();
  asked.end();
}
