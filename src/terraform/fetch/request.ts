import type { ClientRequest, IncomingMessage } from "node:http";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { proxyAuthorization, proxyFor } from "./proxy";

/** Longest silence of a server, in milliseconds. */
const SILENCE_MS = 60_000;
const MOST_REDIRECTS = 5;

/**
 * Asks for a file, through a proxy where the environment names one, and follows redirects.
 * @throws Error with what went wrong, in a few words
 */
export async function get(url: URL, env: NodeJS.ProcessEnv, redirects = MOST_REDIRECTS): Promise<IncomingMessage> {
  const answer = await answerOf(url, env);
  const status = answer.statusCode ?? 0;
  if (status === 200) return answer;
  answer.destroy();
  const { location } = answer.headers;
  if (status < 300 || status > 399 || location === undefined)
    throw new Error(`the server ${url.host} answered with status ${String(status)}`);
  if (redirects === 0) throw new Error(`there were more than ${String(MOST_REDIRECTS)} redirects`);
  const next = new URL(location, url);
  if (next.protocol !== "https:" && next.protocol !== url.protocol)
    throw new Error(`the server ${url.host} redirects to ${next.protocol}//, which is not protected`);
  return get(next, env, redirects - 1);
}

async function answerOf(url: URL, env: NodeJS.ProcessEnv): Promise<IncomingMessage> {
  const proxy = proxyFor(url, env);
  if (proxy !== undefined && proxy.protocol !== "http:")
    throw new Error(`the proxy is one for ${proxy.protocol}//, and only http:// is known`);
  const headers = { "User-Agent": "anycast" };
  if (url.protocol === "https:") {
    const socket = proxy === undefined ? undefined : await tunnel(url, proxy);
    const options = { headers, timeout: SILENCE_MS };
    if (socket === undefined) return answered(httpsRequest(url, { ...options, agent: false }));
    const createConnection = (): Socket => connectTls({ socket, servername: url.hostname });
    // An agent, even `false`, would connect by itself.
    return answered(httpsRequest(url, { ...options, createConnection }));
  }
  if (proxy === undefined) return answered(httpRequest(url, { headers, agent: false, timeout: SILENCE_MS }));
  const { hostname: host, port } = proxy;
  const asked = { ...headers, Host: url.host, ...proxyAuthorization(proxy) };
  return answered(
    httpRequest({ host, port: port || 80, path: url.href, headers: asked, agent: false, timeout: SILENCE_MS }),
  );
}

/** A connection to the server itself, tunnelled through the proxy. */
function tunnel(url: URL, proxy: URL): Promise<Socket> {
  const target = `${url.hostname}:${url.port || "443"}`;
  const asked = httpRequest({
    host: proxy.hostname,
    port: proxy.port || 80,
    method: "CONNECT",
    path: target,
    headers: { Host: target, ...proxyAuthorization(proxy) },
    agent: false,
    timeout: SILENCE_MS,
  });
  return new Promise((resolve, reject) => {
    asked.on("connect", ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} answered with status ${String(statusCode)}`));
    });
    asked.on("response", ({ statusCode }) => {
      asked.destroy(new Error(`the proxy ${proxy.host} answered with status ${String(statusCode)}`));
    });
    failing(asked, reject).end();
  });
}

function answered(asked: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.on("response", resolve);
    failing(asked, reject).end();
  });
}

function failing(asked: ClientRequest, reject: (cause: Error) => void): ClientRequest {
  return asked
    .on("timeout", () => asked.destroy(new Error(`nothing came for ${String(SILENCE_MS / 1000)} s`)))
    .on("error", reject);
}
