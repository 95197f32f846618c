import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** As much of S3, and of OSS, as terraform's backends need: objects by path, and writes that may be conditional. */
export interface ObjectStore {
  readonly endpoint: string;
  readonly objects: ReadonlyMap<string, string>;
  /** Puts an object there, as somebody else would. */
  put(path: string, text: string): void;
  stop(): Promise<void>;
}

const XML = { "content-type": "application/xml" };
/** As OSS and S3 list a bucket; a page holds everything. */
const listOf = (bucket: string, prefix: string, keys: readonly string[]): string =>
  `<?xml version="1.0"?><ListBucketResult><Name>${bucket}</Name><Prefix>${prefix}</Prefix><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${keys
    .map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`)
    .join("")}</ListBucketResult>`;
const failure = (code: string): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>x</Message></Error>`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

export async function startObjectStore(): Promise<ObjectStore> {
  const objects = new Map<string, string>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://store");
      const path = decodeURIComponent(pathname);
      const there = objects.get(path);
      const answer = (code: number, text = "", headers: Record<string, string> = XML): void =>
        void response.writeHead(code, headers).end(request.method === "HEAD" ? undefined : text);
      if (searchParams.has("max-keys") || searchParams.has("list-type") || searchParams.has("prefix")) {
        const bucket = path.replace(/^\/|\/$/g, "");
        const prefix = searchParams.get("prefix") ?? "";
        const keys = [...objects.keys()]
          .map((key) => key.slice(bucket.length + 2))
          .filter((key) => key.startsWith(prefix));
        return answer(200, listOf(bucket, prefix, keys.sort()));
      }
      if (request.method === "PUT") {
        if (request.headers["if-none-match"] === "*" && there !== undefined)
          return answer(412, failure("PreconditionFailed"));
        objects.set(path, body);
        return answer(200);
      }
      if (request.method === "DELETE") {
        objects.delete(path);
        return answer(204);
      }
      if (there === undefined) return answer(404, failure("NoSuchKey"));
      const etag = `"${createHash("md5").update(there).digest("hex")}"`;
      return answer(200, there, { "content-type": "application/json", "content-length": String(there.length), etag });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    put: (path, text) => void objects.set(path, text),
    stop: () => new Promise((resolve) => void (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
