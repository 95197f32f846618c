import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";

const REPOSITORY = join(__dirname, "../..");
const ANYCAST = join(REPOSITORY, "bin/anycast");

/** Prints what the official client gets by HTTP and by HTTPS, with nothing but the environment's variables. */
const CLIENT = `
const RPCClient = require(${JSON.stringify(require.resolve("@alicloud/pop-core"))});
const { env } = process;
(async () => {
  const results = [];
  for (const protocol of ["http", "https"]) {
    const client = new RPCClient({
      accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID, accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
      endpoint: protocol + "://" + env.ALIBABA_CLOUD_ENDPOINT_VPC, apiVersion: "2016-04-28",
    });
    const made = await client.request("CreateVpc", { RegionId: "ap-southeast-1", VpcName: protocol, CidrBlock: "10.0.0.0/8" }, { method: "POST" });
    results.push(/^vpc-/.test(made.VpcId));
  }
  process.stdout.write(JSON.stringify(results));
})();
`;

/** The environment without what other runs put there. */
function outside(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...more };
}

describe("the sandbox for the released provider", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "anycast-real-provider-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const inside = async (
    command: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number | null; out: string; err: string }> => {
    const args = ["sandbox", "--directory", join(folder, "cloud"), "--provider", "real", "--", ...command];
    const ended = await run(ANYCAST, args, { cwd: folder, env: outside(more) });
    return { code: ended.exitCode, out: ended.stdout.toString(), err: ended.stderr.toString() };
  };

  it("points every product at one loopback endpoint, with environment variables alone", async () => {
    const { code, out } = await inside(["node", "-p", "JSON.stringify(process.env)"], {
      HTTPS_PROXY: "http://127.0.0.1:9",
      http_proxy: "http://127.0.0.1:9",
      TF_REATTACH_PROVIDERS: "{}",
      VPC_ENDPOINT: "127.0.0.1:9",
      TF_ENDPOINT_PATH: "/endpoints.xml",
    });
    expect(code).toBe(0);
    const env = JSON.parse(out) as Record<string, string>;
    const endpoint = env.ALIBABA_CLOUD_ENDPOINT_VPC;
    expect(endpoint).toMatch(/^127\.0\.0\.1:\d+$/);
    for (const product of ["ECS", "SLB", "EIPANYCAST", "RESOURCEMANAGER", "BSSOPENAPI"]) {
      expect(env[`ALIBABA_CLOUD_ENDPOINT_${product}`]).toBe(endpoint);
    }
    expect(env).toMatchObject({
      LOCATION_ENDPOINT: endpoint,
      ALIBABA_CLOUD_ACCOUNT_TYPE: "International",
      HTTPS_PROXY: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      http_proxy: "",
      TF_REATTACH_PROVIDERS: "",
      VPC_ENDPOINT: "",
      TF_ENDPOINT_PATH: "",
    });
    expect(env.ALICLOUD_ACCOUNT_ID).toMatch(/^\d+$/);
  });

  it("answers curl over HTTP and, with the certificate verified, over HTTPS", async () => {
    const ask = (protocol: string): string =>
      `curl -sS -w ' %{http_code} %{ssl_verify_result}\\n' "${protocol}://$ALIBABA_CLOUD_ENDPOINT_VPC/?Action=DescribeVpcs&Version=2016-04-28"`;
    const { code, out, err } = await inside(["sh", "-c", `${ask("http")} && ${ask("https")}`]);
    expect(err).not.toContain("curl:");
    expect(code).toBe(0);
    const lines = out.trim().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/"RequestId":.* 400 0$/);
  });

  it("is trusted only through its environment variable", async () => {
    const { code } = await inside([
      "sh",
      "-c",
      'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt curl -sS -o /dev/null "https://$ALIBABA_CLOUD_ENDPOINT_VPC/"',
    ]);
    expect(code).toBe(60);
  });

  it("answers for the token service, and blocks every other host", async () => {
    const ask = (url: string): string => `curl -sS -o /dev/null -w '%{http_connect} %{http_code}\n' "${url}"`;
    const sts = ["sts.ap-southeast-1", "sts"].map((name) =>
      ask(`https://${name}.aliyuncs.com/?Action=GetCallerIdentity&Version=2015-04-01`),
    );
    const others = ["https://ecs.aliyuncs.com/", "https://sts.aliyuncs.com.evil.example/", "https://1.2.3.4/"].map(ask);
    const { out } = await inside(["sh", "-c", [...sts, ...others].join("; ")]);
    // Unsigned, so refused by the simulated service itself; the others do not get past the proxy.
    expect(out.trim().split("\n")).toEqual(["200 400", "200 400", "403 000", "403 000", "403 000"]);
  });

  it("keeps the CAs that were trusted before, and deletes its files at the end", async () => {
    const own = join(folder, "own.pem");
    writeFileSync(own, "-----BEGIN CERTIFICATE-----\nOWN\n-----END CERTIFICATE-----\n");
    const { out } = await inside(["sh", "-c", 'cat "$SSL_CERT_FILE"'], { SSL_CERT_FILE: own });
    expect(out).toContain("\nOWN\n");
    expect(out.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(readdirSync(join(folder, "cloud")).filter((name) => name.endsWith(".pem"))).toEqual([]);
  });

  it("lets the official client create things with the dummy keys, over HTTP and HTTPS", async () => {
    writeFileSync(join(folder, "client.js"), CLIENT);
    const { code, out, err } = await inside(["node", "client.js"]);
    expect({ code, out, err: code === 0 ? "" : err }).toEqual({ code: 0, out: "[true,true]", err: "" });
  });

  it.each([
    ["ALICLOUD_ACCESS_KEY", "SandboxCredentialsReal"],
    ["ALIBABA_CLOUD_ACCESS_KEY_SECRET", "SandboxCredentialsReal"],
    ["ALIBABA_CLOUD_SECURITY_TOKEN", "SandboxCredentialsReal"],
    ["ALICLOUD_PROFILE", "SandboxCredentialsReal"],
    ["ALIBABA_CLOUD_ENDPOINT_SLB", "SandboxEndpointReal"],
    ["VPC_ENDPOINT", "SandboxEndpointReal"],
  ])("refuses to run with a real %s, and shows no secret", async (name, error) => {
    const secret = error === "SandboxEndpointReal" ? "vpc.aliyuncs.com" : "a-real-secret";
    const { code, out, err } = await inside(["echo", "reached"], { [name]: secret });
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(error);
    expect(err).toContain(name);
    expect(err).not.toContain(secret);
  });
});
