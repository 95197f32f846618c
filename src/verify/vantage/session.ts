import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";
import { AnycastError, messageOf } from "../../core/errors";
import { NODE_PROGRAM, remoteCommand } from "./probe-program";
import type { RemoteVantage } from "./spec";

/** How long ssh may take to connect, in milliseconds. */
const OPENING_MS = 30_000;
/** How long an answer may take in addition to the request's own time limit, in milliseconds. */
const WAY_MS = 15_000;
/** Key of the caller that waits for the first line, which names the available program. */
const OPENING = "";
/** Most characters of ssh's messages that are kept. */
const KEPT = 2000;

/** The variable that names a configuration for ssh, instead of the user's own. */
export const SSH_CONFIG = "ANYCAST_SSH_CONFIG";

/** The program on another host, over ssh: one line per request, one line per answer. */
export class Session {
  /** The program that makes the requests there. */
  public engine: "node" | "curl" = "node";
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: string[] = [];
  /** Callers that wait for an answer: a request by its number, the opening by an empty key. */
  private readonly waiting = new Map<string, (line: string | AnycastError) => void>();
  private asked = 0;
  private said = "";
  private over: AnycastError | undefined;

  public constructor(
    private readonly vantage: RemoteVantage & { kind: "ssh" },
    env: NodeJS.ProcessEnv,
    curlOnly: boolean,
  ) {
    const { host, port } = vantage;
    const config = env[SSH_CONFIG] ?? "";
    const quiet = ["BatchMode=yes", "ConnectTimeout=15", "ServerAliveInterval=15", "LogLevel=ERROR"];
    const options = [...(config === "" ? [] : ["-F", config]), ...(port === undefined ? [] : ["-p", String(port)])];
    const args = ["-T", ...options, ...quiet.flatMap((one) => ["-o", one]), "--", host, remoteCommand(curlOnly)];
    this.child = spawn("ssh", args, { env, stdio: "pipe" });
    this.child.stdin.on("error", () => undefined);
    this.child.stderr.on("data", (chunk: Buffer) => (this.said = (this.said + chunk.toString("utf8")).slice(-KEPT)));
    createInterface({ input: this.child.stdout }).on("line", (line) => this.heard(line));
    this.child.on("error", (cause) => this.end(`ssh could not be started: ${messageOf(cause)}`));
    this.child.on("close", (code) => this.end(this.said.trim().split("\n").at(-1) || `ssh ended with ${String(code)}`));
  }

  /** Waits until the program has started. @throws AnycastError `VantageFailed` */
  public async open(): Promise<void> {
    this.child.stdin.write(`${JSON.stringify(NODE_PROGRAM)}\n`);
    for (;;) {
      // Output of the login before that line is skipped.
      const [, engine] = /^anycast-probe (node|curl|none)$/.exec(await this.next(OPENING_MS)) ?? [];
      if (engine === "none") throw this.failure("it has neither Node 18 or later nor curl");
      if (engine === "node" || engine === "curl") {
        this.engine = engine;
        return;
      }
    }
  }

  /** @throws AnycastError `VantageFailed` */
  public async ask(line: string, timeoutMs: number): Promise<string> {
    const id = String(++this.asked);
    this.child.stdin.write(`${id} ${line}\n`);
    return this.next(timeoutMs + WAY_MS, id);
  }

  public close(): void {
    this.end("it was closed");
    this.child.stdin.end();
    this.child.kill();
  }

  /** The error that makes a place unusable; it says nothing about the addresses. */
  public failure(why: string): AnycastError {
    return new AnycastError(
      "VantageFailed",
      `Nothing can be measured from ${this.vantage.name}: ${plain(why)}. Fix: check that \`ssh ${this.vantage.host}\` works without a question.`,
    );
  }

  private next(ms: number, id = OPENING): Promise<string> {
    return new Promise((resolve, reject) => {
      const answered = (line: string | AnycastError): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        if (typeof line === "string") resolve(line);
        else reject(line);
      };
      const timer = setTimeout(() => answered(this.failure(`no answer came within ${ms / 1000} s`)), ms);
      const line = (id === OPENING ? this.lines.shift() : undefined) ?? this.over;
      if (line === undefined) this.waiting.set(id, answered);
      else answered(line);
    });
  }

  private heard(line: string): void {
    const opening = this.waiting.get(OPENING);
    if (opening !== undefined) return opening(line);
    if (this.asked === 0) return void this.lines.push(line);
    const [, id = "", answer = ""] = /^(\d+) (.*)$/.exec(line) ?? [];
    const asked = this.waiting.get(id);
    // The answer to an abandoned request is ignored; anything else must not be read as an answer.
    if (asked !== undefined) asked(answer);
    else if (!(Number(id) >= 1 && Number(id) <= this.asked)) this.end("what it answered is not understood");
  }

  private end(why: string): void {
    const over = (this.over ??= this.failure(why));
    for (const waiting of [...this.waiting.values()]) waiting(over);
  }
}

/** Text of another host, without control sequences for the terminal. */
export const plain = (text: string): string =>
  text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim()
    .replace(/\.$/, "")
    .slice(0, 300);
