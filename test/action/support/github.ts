import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** The calls of GitHub's REST API that a comment takes, over HTTP on loopback. */
export class FakeGithub {
  public readonly comments: StoredComment[] = [];
  public readonly requests: string[] = [];
  /** Answers of the next requests that match, in the place of the usual ones. */
  public readonly failures: { match: RegExp; status: number; headers?: Record<string, string>; times: number }[] = [];
  public head = "";
  /** Called before a comment is created: another run may be quicker. */
  public beforeCreate: () => void = () => undefined;
  private next = 1000;
  private constructor(
    private readonly server: Server,
    public readonly login: string,
  ) {}

  public static async start(login = "github-actions[bot]"): Promise<FakeGithub> {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
      request.on("end", () => {
        const answer = github.answer(`${request.method!} ${request.url!}`, body);
        const headers = { "content-type": "application/json", ...answer.headers };
        response.writeHead(answer.status, headers).end(answer.body === undefined ? "" : JSON.stringify(answer.body));
      });
    });
    const github = new FakeGithub(server, login);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return github;
  }

  public get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  public add(body: string, login = this.login): StoredComment {
    const comment = { id: this.next++, body, user: { login } };
    this.comments.push(comment);
    return comment;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: string, body: string): { status: number; body?: unknown; headers?: Record<string, string> } {
    this.requests.push(request);
    const failure = this.failures.find(({ match, times }) => times > 0 && match.test(request));
    if (failure !== undefined) {
      failure.times--;
      return {
        status: failure.status,
        body: { message: "as the test wants it" },
        ...(failure.headers ? { headers: failure.headers } : {}),
      };
    }
    const repo = "/repos/acme/infra";
    if (request === "GET /user") return { status: 403, body: { message: "Resource not accessible by integration" } };
    if (request === `GET ${repo}/pulls/7`) return { status: 200, body: { head: { sha: this.head } } };
    const list = new RegExp(`^GET ${repo}/issues/7/comments\\?per_page=(\\d+)(?:&page=(\\d+))?$`).exec(request);
    if (list !== null) return this.page(Number(list[1]), Number(list[2] ?? 1));
    if (request === `POST ${repo}/issues/7/comments`) {
      this.beforeCreate();
      return { status: 201, body: this.shown(this.add((JSON.parse(body) as { body: string }).body)) };
    }
    const [, method, id] = new RegExp(`^(PATCH|DELETE) ${repo}/issues/comments/(\\d+)$`).exec(request) ?? [];
    const found = this.comments.findIndex((comment) => comment.id === Number(id));
    if (method === undefined || found < 0) return { status: 404, body: { message: "Not Found" } };
    if (method === "DELETE") {
      this.comments.splice(found, 1);
      return { status: 204 };
    }
    this.comments[found]!.body = (JSON.parse(body) as { body: string }).body;
    return { status: 200, body: this.shown(this.comments[found]!) };
  }

  private page(size: number, page: number): { status: number; body: unknown; headers: Record<string, string> } {
    const from = (page - 1) * size;
    const url = `${this.url}/repos/acme/infra/issues/7/comments?per_page=${String(size)}&page=${String(page + 1)}`;
    const more = from + size < this.comments.length;
    return {
      status: 200,
      body: this.comments.slice(from, from + size).map((comment) => this.shown(comment)),
      headers: more ? { link: `<${url}>; rel="next"` } : {},
    };
  }

  private shown(comment: StoredComment): object {
    return { ...comment, html_url: `https://github.example/acme/infra/pull/7#issuecomment-${String(comment.id)}` };
  }
}
