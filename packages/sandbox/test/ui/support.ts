import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { startUi } from "../../src/ui";
import type { Ui, UiOptions } from "../../src/ui";

const open: Ui[] = [];

export async function testUi(options: UiOptions): Promise<Ui> {
  const ui = await startUi(options);
  open.push(ui);
  return ui;
}

/** Ends what a test file started. For afterEach. */
export async function stopUis(): Promise<void> {
  await Promise.all(open.splice(0).map((ui) => ui.stop()));
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks with any method and any headers, `Host` included, which `fetch` does not send. */
export function ask(url: string, path = "/", method = "GET", headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", reject).end();
  });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON, of which a test looks at single fields
type Json = any;

export interface Told {
  readonly event: string;
  readonly data: Json;
}

/** A page that watches: everything it is told, in order. */
export class Onlooker {
  public readonly told: Told[] = [];
  public ended = false;
  /** What the page shows; it asks again each time that it is told of a change. */
  public state: Json;
  private text = "";
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly url: URL,
    private readonly abort: AbortController,
  ) {}

  /** @param query what the page asks for, e.g. `?find=web` */
  public static async at(url: string, query = ""): Promise<Onlooker> {
    const abort = new AbortController();
    const response = await fetch(new URL("/events", url), { signal: abort.signal });
    if (response.status !== 200) throw new Error(`The stream answered ${response.status} ${await response.text()}`);
    const onlooker = new Onlooker(new URL(`/state${query}`, url), abort);
    void onlooker.read(response.body!).catch(() => undefined);
    await onlooker.until(() => onlooker.state !== undefined);
    return onlooker;
  }

  /** Waits until something is so; a test that waits in vain fails with what was told. */
  public async until(isSo: () => boolean, atMost = 10_000): Promise<void> {
    const late = Date.now() + atMost;
    while (!isSo()) {
      const left = late - Date.now();
      if (left <= 0) throw new Error(`Waited in vain. Told: ${JSON.stringify(this.told).slice(-2_000)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        const wake = (): void => (clearTimeout(timer), this.waiting.delete(wake), resolve());
        this.waiting.add(wake);
      });
    }
  }

  /** The requests that were told, those at the beginning included. */
  public get log(): Json[] {
    return this.told.flatMap(({ event, data }) => (event === "all" ? data.log : event === "log" ? data : []));
  }

  public leave(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
        const blocks = (this.text + decoder.decode(bytes, { stream: true })).split("\n\n");
        this.text = blocks.pop()!;
        for (const block of blocks) {
          const found = /^event: (.*)\ndata: (.*)$/.exec(block);
          if (found === null) continue;
          this.told.push({ event: found[1]!, data: JSON.parse(found[2]!) });
          if (found[1] === "all" || found[1] === "changed") this.state = await (await fetch(this.url)).json();
        }
        for (const wake of [...this.waiting]) wake();
      }
    } finally {
      this.ended = true;
      for (const wake of [...this.waiting]) wake();
    }
  }
}
