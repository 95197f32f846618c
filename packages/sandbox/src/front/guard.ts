import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isOurHost, isOurOrigin } from "./own-host";

/** Limits of every HTTP server of the sandbox. */
export const LIMITS = {
  /** Bytes of a request's first line and headers. A certificate travels in a query. */
  headers: 64 * 1024,
  /** Milliseconds until the headers are there. */
  headersTime: 20_000,
  /** Milliseconds until a request is there as a whole. */
  requestTime: 60_000,
  /** Connections at once; more are closed at once. */
  connections: 1_000,
} as const;

/** Why a request is not let through. */
export interface Refusal {
  readonly status: 403 | 421 | 500;
  readonly code: "InvalidHost" | "ForbiddenOrigin" | "InternalError";
  readonly message: string;
}

export interface Guarded {
  /** Port of the server, as soon as it is known. */
  readonly port: () => number;
  /** Whether a request by another host name is meant for this server all the same. @default never */
  readonly alsoServed?: (request: IncomingMessage) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
  /** Says no, in the form of the server's other answers. */
  readonly refuse: (response: ServerResponse, refusal: Refusal) => void;
}

/**
 * The way into an HTTP server of the sandbox. A page of the web may send requests to this machine: it must not read or drive the
 * simulated cloud. An error of the handler ends only its request.
 */
export function guard({ port, handle, refuse, alsoServed }: Guarded): RequestListener {
  return (request, response) => {
    const refusal = refusalOf(request, port(), alsoServed?.(request) ?? false);
    if (refusal !== undefined) {
      // What else it sends is not read.
      response.setHeader("Connection", "close");
      return refuse(response, refusal);
    }
    void attempt(request, response, handle).catch((thrown: unknown) => {
      if (response.headersSent) return void response.destroy();
      const message = `The sandbox failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      try {
        refuse(response, { status: 500, code: "InternalError", message });
      } catch {
        response.destroy();
      }
    });
  };
}

/** Also what is thrown before the first await becomes a rejection. */
async function attempt(request: IncomingMessage, response: ServerResponse, handle: Guarded["handle"]): Promise<void> {
  response.on("error", () => response.destroy());
  await handle(request, response);
}

function refusalOf({ headers }: IncomingMessage, port: number, alsoServed: boolean): Refusal | undefined {
  if (!alsoServed && !isOurHost(headers.host, port))
    return { status: 421, code: "InvalidHost", message: "This host name is not served here." };
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  const foreign = (origin !== undefined && !isOurOrigin(origin, port)) || site === "cross-site" || site === "same-site";
  if (foreign) return { status: 403, code: "ForbiddenOrigin", message: "Pages of other sites are not answered here." };
  return undefined;
}

/** Puts the limits on a server, and keeps broken requests from becoming errors of the process. */
export function limit(server: Server): void {
  server.headersTimeout = LIMITS.headersTime;
  server.requestTimeout = LIMITS.requestTime;
  server.maxConnections = LIMITS.connections;
  server.on("clientError", (_error: Error, socket: Socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    else socket.destroy();
  });
}
