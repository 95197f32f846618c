import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

export interface StoredIssue {
  readonly number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  readonly labels: readonly string[];
  readonly user: { readonly login: string };
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const REFUSED: Answer = { status: 403, body: { message: "Resource not accessible by integration" } };

/** The calls of GitHub's REST API that the action and the workflows take, over HTTP on loopback. */
export class FakeGithub {
  public readonly comments: StoredComment[] = [];
  public readonly issues: StoredIssue[] = [];
  /** Reports that were uploaded to code scanning. */
  public readonly scans: { readonly commit_sha: string; readonly ref: string; readonly sarif: string }[] = [];
  public readonly requests: string[] = [];
  /** Answers of the next requests that match, in place of the usual ones. */
  public readonly failures: { match: RegExp; status: number; headers?: Record<string, string>; times: number }[] = [];
  public head = "";
  /** Called before a comment is created: another run may be quicker. */
  public beforeCreate: () => void = () => undefined;
  private next = 1000;
  /** What the tokens of jobs may do; any other token may do everything. */
  private readonly tokens = new Map<string, Readonly<Record<string, string>>>();
  private constructor(
    private readonly server: Server,
    public readonly login: string,
  ) {}

  public static async start(login = "github-actions[bot]"): Promise<FakeGithub> {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
      request.on("end", () => {
        const token = /\S+$/.exec(request.headers.authorization ?? "")?.[0] ?? "";
        const answer = github.answer(`${request.method!} ${request.url!}`, body, token);
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

  /** A token as a job gets it. */
  public tokenFor(permissions: Readonly<Record<string, string>>): string {
    const token = `token-of-job-${String(this.tokens.size + 1)}`;
    this.tokens.set(token, permissions);
    return token;
  }

  private answer(request: string, body: string, token: string): Answer {
    this.requests.push(request);
    const failure = this.failures.find(({ match, times }) => times > 0 && match.test(request));
    if (failure !== undefined) {
      failure.times--;
      const { status, headers = {} } = failure;
      return { status, body: { message: "as the test wants it" }, headers };
    }
    if (request === "GET /user") return REFUSED;
    const [method = "", path = ""] = request.split(" ");
    const [, route] = /^\/repos\/acme\/infra\/([^?]*)/.exec(path) ?? [];
    if (route === undefined) return { status: 404, body: { message: "Not Found" } };
    const permissions = this.tokens.get(token);
    if (permissions !== undefined && !isAllowed(permissions, method, route)) return REFUSED;
    const sent = body === "" ? {} : (JSON.parse(body) as Record<string, unknown>);
    return this.onComments(method, route, path, sent) ?? this.onOthers(method, route, sent);
  }

  private onComments(method: string, route: string, path: string, sent: Record<string, unknown>): Answer | undefined {
    if (method === "GET" && route === "issues/7/comments") {
      const query = new URL(path, this.url).searchParams;
      return this.page(Number(query.get("per_page")), Number(query.get("page") ?? 1));
    }
    if (method === "POST" && route === "issues/7/comments") {
      this.beforeCreate();
      return { status: 201, body: this.shown(this.add(String(sent.body))) };
    }
    const [, id] = /^issues\/comments\/(\d+)$/.exec(route) ?? [];
    const found = this.comments.findIndex((comment) => comment.id === Number(id));
    if (found < 0) return undefined;
    if (method === "DELETE") {
      this.comments.splice(found, 1);
      return { status: 204 };
    }
    this.comments[found]!.body = String(sent.body);
    return { status: 200, body: this.shown(this.comments[found]!) };
  }

  private onOthers(method: string, route: string, sent: Record<string, unknown>): Answer {
    if (method === "GET" && route === "pulls/7") return { status: 200, body: { head: { sha: this.head } } };
    if (method === "POST" && route === "code-scanning/sarifs") {
      this.scans.push(sent as unknown as FakeGithub["scans"][number]);
      return { status: 202, body: {} };
    }
    const shown = (issue: StoredIssue): object => ({ ...issue, html_url: `https://github.example/${issue.number}` });
    if (method === "GET" && route === "issues") {
      return { status: 200, body: this.issues.filter(({ state }) => state === "open").map(shown) };
    }
    if (method === "POST" && route === "issues") {
      const { title, body, labels } = sent as { title: string; body: string; labels: string[] };
      const issue: StoredIssue = {
        number: this.next++,
        title,
        body,
        labels,
        state: "open",
        user: { login: this.login },
      };
      this.issues.push(issue);
      return { status: 201, body: shown(issue) };
    }
    const issue = this.issues.find(({ number }) => route === `issues/${String(number)}`);
    if (method !== "PATCH" || issue === undefined) return { status: 404, body: { message: "Not Found" } };
    return { status: 200, body: shown(Object.assign(issue, sent)) };
  }

  private page(size: number, page: number): Answer {
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

/** Which permission a call takes, as GitHub documents it. */
function isAllowed(permissions: Readonly<Record<string, string>>, method: string, route: string): boolean {
  const scopes = route.startsWith("code-scanning/")
    ? ["security-events"]
    : route.startsWith("pulls/") || /^issues\/(7\/)?comments/.test(route)
      ? ["pull-requests", "issues"]
      : ["issues"];
  return scopes.some((scope) => permissions[scope] === "write" || (method === "GET" && permissions[scope] === "read"));
}
