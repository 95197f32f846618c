import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findOpa } from "../policies/opa";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** An `opa run --server` of our own behind a unix socket, which takes new policies while it runs. */
export class OpaServer {
  private readonly agent = new Agent({ keepAlive: true });
  /** When this process ends first, its servers do not stay. */
  private readonly end = (): void => {
    this.child.kill("SIGKILL");
    rmSync(this.work, { recursive: true, force: true });
  };

  private constructor(
    private readonly work: string,
    private readonly child: ChildProcess,
  ) {
    process.once("exit", this.end);
  }

  /** Starts with these files, named relative to `cwd`; their names are those of the policies. */
  public static async start(cwd: string, files: readonly string[]): Promise<OpaServer> {
    const work = mkdtempSync(join(tmpdir(), "anycast-opa-"));
    const args = ["run", "--server", "--addr", `unix://${join(work, "socket")}`, "--log-level", "error"];
    const options = ["--skip-version-check", "--optimize-store-for-read-speed", "--v1-compatible"];
    // One core each, and memory for time.
    const env = { ...process.env, GOMAXPROCS: "1", GOGC: "400" };
    const child = spawn(findOpa(), [...args, ...options, ...files], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000)));
    const server = new OpaServer(work, child);
    for (let left = 600; left > 0 && child.exitCode === null; left--) {
      if ((await server.send("GET", "/health").catch(() => undefined))?.status === 200) return server;
      await sleep(50);
    }
    await server.stop();
    throw new Error(`Expected opa to serve the policies, but it does not:\n${said}`);
  }

  public putData(path: string, value: unknown): Promise<Answer> {
    return this.send("PUT", `/v1/data/${path}`, JSON.stringify(value));
  }

  public putPolicy(name: string, text: string): Promise<Answer> {
    return this.send("PUT", `/v1/policies/${encodeURIComponent(name)}`, text, "text/plain");
  }

  public query(path: string, input: unknown): Promise<Answer> {
    return this.send("POST", `/v1/data/${path}`, JSON.stringify({ input }));
  }

  public async stop(): Promise<void> {
    this.agent.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, "exit");
      this.child.kill("SIGKILL");
      await ended;
    }
    process.removeListener("exit", this.end);
    this.end();
  }

  private send(method: string, path: string, body = "", type = "application/json"): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const socketPath = join(this.work, "socket");
      const headers = { "content-type": type, "content-length": Buffer.byteLength(body) };
      const sent = request({ socketPath, path, method, headers, agent: this.agent, timeout: 120_000 }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
      });
      sent.on("timeout", () => sent.destroy(new Error(`Expected opa to answer ${path} within 120 s.`)));
      sent.on("error", reject);
      sent.end(body);
    });
  }
}
