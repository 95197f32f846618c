import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOpenApi } from "alicloud-sandbox";
import type { OpenApi } from "alicloud-sandbox";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject } from "../support/cloud-project";

const ALWAYS_OPEN = 'windows:\n  - { from: "00:00", to: "00:00", time_zone: UTC }\n';

describe("binding a load balancer in service, given only by its id", () => {
  let project: CloudProject;
  let api: OpenApi;
  let live: string[];
  beforeAll(async () => {
    project = await makeCloudProject({ serving: { type: "intranet", unbound: true } });
    api = await startOpenApi({ cloud: project.sandbox.cloud });
    live = ["--live", "--live-endpoint", `127.0.0.1:${api.port}`];
    expect((await project.anycast(["deploy", "--auto-approve"])).code).toBe(0);
    const { resources } = JSON.parse(readFileSync(project.statePath("serving"), "utf8")) as {
      resources: { type: string; instances: { attributes: { id: string } }[] }[];
    };
    const clb = resources.find(({ type }) => type === "alicloud_slb_load_balancer")!.instances[0]!.attributes.id;
    project.write({ bind: { type: "intranet", binds: clb } });
    writeFileSync(join(project.root, "anycast.yaml"), ALWAYS_OPEN);
  });
  afterAll(async () => {
    await api.close();
    await project.stop();
  });

  test("is refused without the cloud's answer, and planned with it", async () => {
    expect((await project.anycast(["plan"])).code).toBe(1);
    const { code, err } = await project.anycast(["plan", "--save", "plans", ...live]);
    expect([code, err]).toEqual([0, expect.stringContaining("Saved into plans")]);
  });

  test("is applied only when the cloud gives the same answer again", async () => {
    const { code, err } = await project.anycast(["apply", "plans", "--auto-approve"]);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/answers of the cloud .*is applied with --live.*\[ReceiptMismatch\]/),
    ]);
    expect(project.state("bind")).toBeUndefined();
  });

  test("reports before the apply what is interrupted, although the window is open", async () => {
    const { code, err } = await project.anycast(["apply", "plans", "--auto-approve", "--events", "log", ...live]);
    expect(code).toBe(0);
    expect(err).toMatch(/Interrupts the service: \S+attachment\.bind \(the load balancer lb-\S+\)\. .*already serves/);
    expect(err.indexOf("1 change interrupts the service; the change window is open.")).toBeLessThan(
      err.indexOf("bind: apply 1/"),
    );
    const events = readFileSync(join(project.root, "log"), "utf8").split("\n").filter(Boolean);
    expect(events.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ type: "notice", level: "warning", stack: "bind" }),
    );
  });

  test("reports which address becomes unreachable when the binding is removed", async () => {
    const { code, err } = await project.anycast(["destroy", "--auto-approve"]);
    expect(code).toBe(0);
    expect(err).toMatch(
      /Interrupts the service: \S+attachment\.bind \(the address bind aeip-\w+, the load balancer lb-\w+\)\. .*end of a binding/,
    );
  });
});
