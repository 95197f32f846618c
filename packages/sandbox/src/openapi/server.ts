import { rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { writeFileAtomic } from "../atomic-file";
import { API_VERSIONS, CloudError, LostResponseError } from "../cloud/contract";
import type { Body, Cloud, Product } from "../cloud/contract";
import { IdMaker } from "../cloud/ids";
import { guard } from "../front/guard";
import type { Refusal } from "../front/guard";
import { bracketed } from "../loopback";
import { Authenticator } from "./authentication";
import { makeCertificate } from "./certificate";
import { startConnectProxy } from "./connect-proxy";
import { SANDBOX_CREDENTIALS } from "./credentials";
import type { SandboxCredentials } from "./credentials";
import { environmentOf, trustedWith } from "./env";
import { LoopbackListener } from "./listener";
import { readRequest } from "./request";
import type { ApiRequest } from "./request";
import { isStsHost } from "./sts-hosts";

export interface OpenApiOptions {
  readonly cloud: Cloud;
  /** Loopback only. @default "127.0.0.1" */
  readonly host?: string;
  /** @default 0, a free one */
  readonly port?: number;
  /** Keys that may be used. @default SANDBOX_CREDENTIALS */
  readonly credentials?: readonly SandboxCredentials[];
  /** Environment that `OpenApi.env` will be added to. @default process.env */
  readonly baseEnv?: NodeJS.ProcessEnv;
  /** Milliseconds since the epoch, for the check of time stamps. @default Date.now */
  readonly clock?: () => number;
  /** Called with each answered request. Errors thrown by it are ignored. @default nothing */
  readonly onRequest?: (event: RequestEvent) => void;
}

/** One HTTP request and how it was answered. */
export interface RequestEvent {
  readonly at: number;
  readonly method: string;
  /** True when it came over TLS. */
  readonly secure: boolean;
  /** `""` when the request did not get that far. */
  readonly product: Product | "";
  readonly action: string;
  readonly requestId: string;
  /** 0: the connection was cut. */
  readonly httpStatus: number;
  /** `ok`, or the error's code. */
  readonly outcome: string;
  readonly ms: number;
}

export interface OpenApi {
  readonly host: string;
  readonly port: number;
  /** `host:port`, as the endpoints of clients want it. */
  readonly endpoint: string;
  /** File with the certificate of the authority that clients must trust (PEM), e.g. for `SSL_CERT_FILE`. */
  readonly caFile: string;
  readonly credentials: SandboxCredentials;
  /** Variables that, on their own, point the real provider and other programs here and away from any real cloud. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Serves a simulated cloud to the real provider and the official clients: plain HTTP and TLS on one loopback port.
 * @throws SandboxError `SandboxNotLoopback`, `SandboxPortTaken`
 */
export async function startOpenApi(options: OpenApiOptions): Promise<OpenApi> {
  const host = options.host ?? "127.0.0.1";
  const credentials = options.credentials ?? [SANDBOX_CREDENTIALS];
  const certificate = await makeCertificate();
  const front = new Front(options, new Authenticator(credentials, options.clock ?? Date.now));
  const listener = await LoopbackListener.open(
    host,
    options.port ?? 0,
    certificate,
    guard({
      port: () => front.port,
      // Over TLS only: no browser trusts the certificate, so no page of the web gets here by that name.
      alsoServed: ({ headers, socket }) =>
        (socket as Partial<TLSSocket>).encrypted === true && isStsHost((headers.host ?? "").replace(/:443$/, "")),
      handle: (message, response) => front.answer(message, response),
      refuse: (response, refusal) => front.refuse(response, refusal),
    }),
  );
  front.port = listener.port;
  front.endpoint = `${bracketed(host)}:${listener.port}`;
  const caFile = join(options.cloud.directory, `ca-${listener.port}.pem`);
  writeFileAtomic(caFile, certificate.ca, 0o644);
  const base = options.baseEnv ?? process.env;
  const trustFile = join(options.cloud.directory, `trusted-${listener.port}.pem`);
  writeFileAtomic(trustFile, trustedWith(certificate.ca, base), 0o644);
  const { endpoint } = front;
  const upstream = base.HTTPS_PROXY || base.https_proxy || undefined;
  const serve = (socket: Socket): void => listener.accept(socket);
  const proxy = await startConnectProxy({ host: bracketed(host), serve, endpoint, upstream });
  const keys = credentials[0] ?? SANDBOX_CREDENTIALS;
  const { accountId } = options.cloud.snapshot();
  return {
    host,
    port: listener.port,
    endpoint,
    caFile,
    credentials: keys,
    env: environmentOf({ endpoint, proxy: proxy.url, trustFile, keys, accountId, base }),
    close: async () => {
      await proxy.close();
      await listener.close();
      rmSync(caFile, { force: true });
      rmSync(trustFile, { force: true });
    },
  };
}

class Front {
  public endpoint = "";
  public port = 0;
  private readonly ids = new IdMaker();

  public constructor(
    private readonly options: OpenApiOptions,
    private readonly authenticator: Authenticator,
  ) {}

  public async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = this.ids.requestId();
    const began = performance.now();
    // Asked now: a request that was cut off has no socket any more.
    const { socket } = message;
    const secure = (socket as Partial<TLSSocket>).encrypted === true;
    let request: ApiRequest | undefined;
    let httpStatus = 200;
    let outcome = "ok";
    try {
      request = await readRequest(message);
      send(response, 200, requestId, await this.carryOut(request, requestId));
    } catch (thrown) {
      if (thrown instanceof LostResponseError) {
        [httpStatus, outcome] = [0, "lost-response"];
        socket.destroy();
      } else {
        const error = cloudErrorOf(thrown);
        [httpStatus, outcome] = [error.httpStatus, error.code];
        if (!message.complete) cutOff(message, response);
        send(response, error.httpStatus, requestId, errorBody(error, requestId));
      }
    }
    this.tell({
      at: Date.now(),
      method: message.method ?? "",
      secure,
      product: productOf(request?.version ?? "") ?? "",
      action: request?.action ?? "",
      requestId,
      httpStatus,
      outcome,
      ms: performance.now() - began,
    });
  }

  /** Answers a request that the guard did not let through. */
  public refuse(response: ServerResponse, { status, code, message }: Refusal): void {
    const requestId = this.ids.requestId();
    send(response, status, requestId, errorBody(new CloudError(code, status, message), requestId));
  }

  private carryOut(request: ApiRequest, requestId: string): Promise<Body> {
    if (request.action === "")
      throw new CloudError(
        "MissingParameter",
        400,
        'The input parameter "Action" that is mandatory for processing this request is not supplied.',
      );
    const product = productOf(request.version);
    if (product === undefined)
      throw new CloudError(
        "InvalidVersion",
        400,
        `The sandbox has no product with the API version "${request.version}" (action ${request.action}).`,
      );
    this.authenticator.check(request);
    const region = request.params["RegionId"] ?? "";
    return this.options.cloud.call(product, request.action, request.params, {
      region,
      requestId,
      endpoint: this.endpoint,
    });
  }

  private tell(event: RequestEvent): void {
    try {
      this.options.onRequest?.(event);
    } catch {
      // An observer must not break the cloud.
    }
  }
}

const PRODUCTS = new Map(
  (Object.entries(API_VERSIONS) as [Product, string][]).map(([product, version]) => [version, product]),
);
const productOf = (version: string): Product | undefined => PRODUCTS.get(version);

/** Anything but the cloud's own errors is our failure: 500, which clients may try again. */
function cloudErrorOf(thrown: unknown): CloudError {
  if (thrown instanceof CloudError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new CloudError("InternalError", 500, `The sandbox failed: ${text}`);
}

/** All values are texts; clients break on anything else. */
function errorBody(error: CloudError, requestId: string): Record<string, string> {
  return {
    RequestId: requestId,
    HostId: "anycast-sandbox.localhost",
    Code: error.code,
    Message: error.message,
    Recommend: "",
  };
}

/** How long the rest of a request that was refused in the middle is taken and thrown away, in milliseconds. */
const DISCARD_TIME = 1_000;

/** A client that is still sending gets the answer only while its request is read: for a moment, and no longer. */
function cutOff(message: IncomingMessage, response: ServerResponse): void {
  const { socket } = message;
  response.setHeader("Connection", "close").once("finish", () => {
    message.resume();
    setTimeout(() => socket.destroy(), DISCARD_TIME).unref();
  });
}

function send(response: ServerResponse, status: number, requestId: string, body: Body): void {
  const bytes = Buffer.from(JSON.stringify(body), "utf8");
  response.writeHead(status, {
    "Content-Type": "application/json;charset=utf-8",
    "Content-Length": bytes.length,
    "x-acs-request-id": requestId,
    // These answers must not be mistaken for the real cloud's.
    "x-anycast-sandbox": "simulated",
  });
  response.end(bytes);
}
