import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import type { NetConnectOpts } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inputFrom, randomFrom } from "./inputs";

jest.setTimeout(300_000);

/** Inputs for each listener. ANYCAST_FUZZ_INPUTS makes the run longer, ANYCAST_FUZZ_SEED makes it another one. */
const INPUTS = Number(process.env.ANYCAST_FUZZ_INPUTS ?? 400);
const SEED = Number(process.env.ANYCAST_FUZZ_SEED ?? 20260401);
/** How long an answer is waited for before the connection is cut. */
const PATIENCE = 40;
const AT_ONCE = 20;

let child: ChildProcess;
let ports: Readonly<Record<"api" | "page" | "socks" | "lookUps" | "proxy", number>>;
let grpc: string;
let complaints = "";

beforeAll(async () => {
  const script = join(__dirname, "support/all-listeners.ts");
  child = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "pipe"] });
  child.stderr!.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const [line] = (await once(createInterface(child.stdout!), "line")) as [string];
  const { grpc: socket, ...others } = JSON.parse(line) as typeof ports & { grpc: string };
  [ports, grpc] = [others, socket];
});
afterAll(() => child.kill("SIGKILL"));

/** Sends bytes, hears what comes, and leaves. */
async function throwAt(where: NetConnectOpts, bytes: Buffer): Promise<void> {
  const socket = connect(where);
  socket.on("error", () => undefined).on("data", () => undefined);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(bytes);
  const timer = setTimeout(() => socket.destroy(), PATIENCE);
  await closed;
  clearTimeout(timer);
}

async function throwMany(where: NetConnectOpts, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const inputs = Array.from({ length: INPUTS }, () =>
    inputFrom(random, `127.0.0.1:${"port" in where ? where.port : ""}`),
  );
  while (inputs.length > 0) await Promise.all(inputs.splice(0, AT_ONCE).map((bytes) => throwAt(where, bytes)));
}

const statusOf = (port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on("error", reject).end();
  });

/** The first bytes with which a listener answers. */
async function answerOf(where: NetConnectOpts, bytes: Buffer): Promise<Buffer> {
  const socket = connect(where);
  socket.write(bytes);
  const [chunk] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return chunk;
}

describe(`whatever is sent to a listener (seed ${SEED}), the sandbox goes on answering`, () => {
  const alive = async (): Promise<void> => {
    expect(child.exitCode).toBeNull();
    expect(complaints).toBe("");
    // Without a signature: refused, and so it lives.
    expect(await statusOf(ports.api, "/?Action=DescribeVpcs&Version=2016-04-28")).toBe(400);
    expect(await statusOf(ports.lookUps, "/?Action=DescribeVpcs&Version=2016-04-28")).toBe(400);
    expect(await statusOf(ports.proxy, "/")).toBe(405);
    expect(await statusOf(ports.page, "/")).toBe(200);
    const greeting = await answerOf({ host: "127.0.0.1", port: ports.socks }, Buffer.from([5, 1, 0]));
    expect([...greeting.subarray(0, 2)]).toEqual([5, 0]);
    const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0", "latin1");
    // The server's own settings: a frame of type 4.
    if (grpc !== "") expect((await answerOf({ path: grpc }, preface))[3]).toBe(4);
  };

  test.each(["api", "page", "socks", "lookUps", "proxy"] as const)("the listener of %s", async (name) => {
    await throwMany({ host: "127.0.0.1", port: ports[name] }, SEED);
    await alive();
  });

  test("the socket of the provider", async () => {
    expect(grpc).not.toBe("");
    await throwMany({ path: grpc }, SEED);
    await alive();
  });

  test("bodies that are too large, with a length and chunked", async () => {
    const head = (more: string): string => `POST / HTTP/1.1\r\nHost: 127.0.0.1:${ports.api}\r\n${more}\r\n\r\n`;
    const large = Buffer.alloc(3 * 1024 * 1024, "a");
    const chunked = Buffer.concat([
      Buffer.from(`${large.length.toString(16)}\r\n`),
      large,
      Buffer.from("\r\n0\r\n\r\n"),
    ]);
    for (const [more, body] of [
      [`Content-Length: ${large.length}`, large],
      ["Transfer-Encoding: chunked", chunked],
    ] as const) {
      const answer = await answerOf(
        { host: "127.0.0.1", port: ports.api },
        Buffer.concat([Buffer.from(head(more)), body]),
      );
      expect(answer.toString("latin1")).toContain("RequestTooLarge");
      await alive();
    }
  });
});
