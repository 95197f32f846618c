import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPlans } from "../../../src/check";
import type { CheckReport } from "../../../src/core/check-report";
import { openCloud, SANDBOX_CREDENTIALS, startOpenApi } from "alicloud-sandbox";
import type { Cloud, OpenApi, Params } from "alicloud-sandbox";

const REGION = "ap-southeast-1";
const literalId = readFileSync(join(__dirname, "..", "..", "fixtures", "plans", "literal-id.json"), "utf8");

let directory: string;
let cloud: Cloud;
let api: OpenApi;
const saved = { ...process.env };

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "anycast-live-"));
  cloud = await openCloud({ directory });
  api = await startOpenApi({ cloud });
  const key = SANDBOX_CREDENTIALS;
  process.env.ALIBABA_CLOUD_ACCESS_KEY_ID = key.accessKeyId;
  process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET = key.accessKeySecret;
});

afterAll(async () => {
  process.env = saved;
  await api.close();
  await cloud.close();
  rmSync(directory, { recursive: true, force: true });
});

async function call(product: "Vpc" | "Slb", action: string, params: Params): Promise<Record<string, unknown>> {
  return cloud.call(product, action, { RegionId: REGION, ...params }, { region: REGION });
}

async function loadBalancer(params: Params): Promise<string> {
  return (await call("Slb", "CreateLoadBalancer", params)).LoadBalancerId as string;
}

function check(id: string, liveEndpoint: string): Promise<CheckReport> {
  const json = Buffer.from(literalId.replaceAll("lb-gs5abcdefgh", id));
  return checkPlans([{ name: "plan", json }], { emit: () => undefined, cwd: directory, live: true, liveEndpoint });
}

describe("--live, over real HTTP with the official client", () => {
  it("proves a literal id by the cloud's answer", async () => {
    const vpc = (await call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" })).VpcId as string;
    const vswitch = (
      await call("Vpc", "CreateVSwitch", { VpcId: vpc, CidrBlock: "10.1.0.0/16", ZoneId: "ap-southeast-1a" })
    ).VSwitchId as string;
    const internal = await loadBalancer({ AddressType: "intranet", VpcId: vpc, VSwitchId: vswitch });
    const report = await check(internal, `127.0.0.1:${String(api.port)}`);
    // What arrived over the wire, under the names that the service documents.
    expect(report.plans[0]?.facts).toMatchObject([
      {
        action: "Slb.DescribeLoadBalancers",
        subject: internal,
        answer: { address_type: "intranet", vswitch_id: vswitch },
      },
      {
        action: "Eipanycast.DescribeAnycastServerRegions",
        subject: "international",
        answer: { regions: ["cn-hongkong", "ap-southeast-1", "eu-central-1"] },
      },
    ]);
    expect(report.plans[0]?.findings?.filter((finding) => finding.level === "deny")).toEqual([]);
    expect(report.plans[0]?.evidence?.[0]?.targets[0]).toMatchObject({
      via: "live",
      address_type: "intranet",
      vswitch,
    });
    expect(report.verdict).toBe("allowed");
  });

  it("refuses an internet-facing load balancer that only the cloud knows", async () => {
    const internet = await loadBalancer({ AddressType: "internet" });
    const report = await check(internet, `127.0.0.1:${String(api.port)}`);
    expect(report.verdict).toBe("denied");
    expect(report.plans[0]?.findings?.map((finding) => finding.rule)).toContain("binding/internal-only");
  });

  it.each([
    ["an id the cloud does not know", () => `127.0.0.1:${String(api.port)}`],
    ["a cloud that does not answer", () => "127.0.0.1:9"],
  ])("leaves %s undetermined, and reports the request", async (_name, endpoint) => {
    const report = await check("lb-nobody0knows", endpoint());
    expect(report.verdict).toBe("denied");
    expect(report.plans[0]?.findings?.map((finding) => finding.rule)).toContain("binding/provable-target");
    expect(report.plans[0]?.facts?.[0]).toMatchObject({
      action: "Slb.DescribeLoadBalancers",
      subject: "lb-nobody0knows",
    });
  });
});
