import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cloud } from "./cloud";
import type { RunningExtension } from "./extension";
import type * as OpenApiFront from "./openapi";

/** Where `anycast recover` asks about objects. */
const VARIABLE = "ANYCAST_SANDBOX_API";
const HOST = "127.0.0.1";
/** A list needs a few hundred bytes. */
const MOST_BYTES = 64 * 1024;

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
  const server = createServer((message, response) => {
    if (!isLookUp(message, (server.address() as AddressInfo).port)) return void response.writeHead(403).end();
    open().then(
      ({ port }) => passOn(message, response, port),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: { [VARIABLE]: `${HOST}:${port}` },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await (await front?.catch(() => undefined))?.close();
    },
  };
}

/** Clients of the API send no Origin, and name the address that they were given; web pages cannot do both. */
function isLookUp({ headers, url = "" }: IncomingMessage, port: number): boolean {
  const { searchParams } = new URL(url, `http://${HOST}`);
  const isRead = /^(Describe|List)[A-Za-z]+$/.test(searchParams.get("Action") ?? "");
  return isRead && headers.origin === undefined && headers.host === `${HOST}:${port}`;
}

function passOn(message: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = message;
  const asked = send({ host: HOST, port, method, path: url, headers: { ...headers, host: `${HOST}:${port}` } });
  asked.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  asked.on("error", () => response.destroy());
  let bytes = 0;
  message.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) message.destroy();
    else asked.write(chunk);
  });
  message.on("end", () => asked.end());
  message.on("error", () => asked.destroy());
}
