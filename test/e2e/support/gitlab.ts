import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Note {
  readonly id: number;
  body: string;
}

/** The calls of GitLab's REST API that a merge request's note takes, over HTTP on loopback. */
export class FakeGitlab {
  public readonly notes: Note[] = [];
  private constructor(private readonly server: Server) {}

  public static async start(token: string): Promise<FakeGitlab> {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
      request.on("end", () => {
        const isKnown = request.headers["private-token"] === token;
        const [status, answer] = isKnown ? gitlab.answer(request.method!, request.url!, body) : [401, {}];
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      });
    });
    const gitlab = new FakeGitlab(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return gitlab;
  }

  /** What `CI_API_V4_URL` says. */
  public get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/api/v4`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(method: string, url: string, body: string): [number, unknown] {
    const [, id] = /^\/api\/v4\/projects\/5\/merge_requests\/7\/notes(?:\/(\d+))?(?:\?.*)?$/.exec(url) ?? [undefined];
    const text = new URLSearchParams(body).get("body") ?? "";
    if (method === "GET" && id === undefined) return [200, this.notes];
    if (method === "POST" && id === undefined) {
      this.notes.push({ id: 100 + this.notes.length, body: text });
      return [201, this.notes.at(-1)];
    }
    const note = this.notes.find((one) => String(one.id) === id);
    if (method !== "PUT" || note === undefined) return [404, {}];
    note.body = text;
    return [200, note];
  }
}
