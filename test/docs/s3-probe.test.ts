import { createHash, createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { s3Probe } from "./support/s3-probe";

const SECRET = "wJalrXUtnFEMI";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const mac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** What S3 answers to a request whose signature, by the rules of AWS, is not that of the secret. */
function refusal({ method = "", url = "", headers }: IncomingMessage): number | undefined {
  const sum = headers["x-amz-content-sha256"];
  if (typeof sum !== "string") return 400;
  const authorization = /Credential=ID\/((\d+)\/([^/]+)\/s3\/aws4_request), *SignedHeaders=(\S+), *Signature=(\w+)$/;
  const [, scope = "", day = "", region = "", signed = "", signature] =
    authorization.exec(headers.authorization ?? "") ?? [];
  if (!signed.split(";").includes("x-amz-content-sha256")) return 403;
  const lines = signed.split(";").map((name) => `${name}:${String(headers[name])}\n`);
  const request = [method, url, "", lines.join(""), signed, sum].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hash(request)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(mac, `AWS4${SECRET}`);
  return mac(key, text).toString("hex") === signature ? undefined : 403;
}

/** What the probe prints for a store that honours conditional writes, or takes each one. */
async function probed(honours: boolean, secret = SECRET): Promise<string> {
  const kept = new Set<string>();
  const server = createServer((request, response) => {
    const { url = "", headers } = request;
    const isThere = honours && headers["if-none-match"] === "*" && kept.has(url);
    const code = refusal(request) ?? (isThere ? 412 : 200);
    if (code === 200) kept.add(url);
    response.writeHead(code).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const store = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    return await s3Probe(`${store}/states`, { AWS_ACCESS_KEY_ID: "ID", AWS_SECRET_ACCESS_KEY: secret });
  } finally {
    server.close();
  }
}

describe("the question of docs/state.md whether a store locks, asked by the curl of this machine", () => {
  it.each([
    ["200 and 412 where it does", true, SECRET, "200\n412\n"],
    ["200 twice where it does not", false, SECRET, "200\n200\n"],
    ["neither where the key is wrong", true, "another", "403\n403\n"],
  ])("is answered %s", async (_, honours, secret, said) => {
    expect(await probed(honours, secret)).toBe(said);
  });
});
