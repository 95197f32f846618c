import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { textOf } from "../../src/cli/report-text";
import { checkPlans } from "../../src/check";
import { runWrapper } from "../../src/gate/wrapper";
import { Interruption } from "../../src/terraform";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY } from "../support/cloud-project";
import { inTerminal, until } from "./support/terminal";

const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment.bind";
/** Two stacks: one is proven, of the other a person answers for the load balancer that faces the internet. */
const WAIVERS = ["internal-only", "vpc-only"].map(
  (rule) =>
    `  - { rule: binding/${rule}, address: ${BINDING}, reason: moves in May, owner: net-team, expires: 2999-12-31 }\n`,
);

let project: CloudProject;
beforeEach(async () => {
  project = await makeCloudProject({ bad: { type: "internet" }, good: { type: "intranet" } });
  writeFileSync(join(project.root, "anycast.yaml"), `waivers:\n${WAIVERS.join("")}`);
});
afterEach(() => project.stop());

/** What a person has read when the question is asked, as one line. */
async function before(args: readonly string[], question: string): Promise<string> {
  const env = { ...project.env, CI: "", TERM: "xterm", NO_COLOR: "1" };
  const terminal = inTerminal(join(REPOSITORY, "bin/anycast"), args, project.root, env);
  await until(
    () => terminal.output().includes(question),
    () => terminal.output(),
  );
  const text = terminal.output();
  terminal.write("no\r");
  expect(await terminal.code).toBe(1);
  return text.replace(/\s+/g, " ");
}

function expectAll(text: string): void {
  expect(text).toMatch(/bad: allowed|Allowed|allowed/);
  expect(text).toContain("waived: binding/internal-only");
  expect(text).toContain("Waived until 2999-12-31 by net-team");
  expect(text).toContain("moves in May");
  expect(text).toContain("proven: region ap-southeast-1");
  expect(text).toMatch(/alicloud_slb_load_balancer\.clb: intranet, vSwitch alicloud_vswitch\.vswitch/);
}

describe("the approver sees verdict, findings, waivers and proofs before the question of", () => {
  test("anycast deploy, apply and destroy", async () => {
    expectAll(await before(["deploy"], "Only 'yes'"));
    expect((await project.anycast(["plan", "--save", "plans"])).code).toBe(0);
    expectAll(await before(["apply", "plans"], "Only 'yes'"));
    expect((await project.anycast(["deploy", "--auto-approve", "--only", "good"])).code).toBe(0);
    const destroy = await before(["destroy", "--only", "good"], "Only 'yes'");
    expect(destroy).toMatch(/Waivers .*net-team/);
    expect(destroy).toMatch(/allowed/i);
  });

  test.each([
    ["by hand", {}],
    ["behind cdktf", { TF_APPEND_USER_AGENT: "cdktf/0.21.0" }],
  ])("terraform apply %s", async (_how, more) => {
    await project.anycast(["plan"]);
    let out = "";
    for (const stack of ["bad", "good"]) {
      const code = await runWrapper(["apply", "-no-color"], {
        check: checkPlans,
        render: (report) => textOf(report, { color: false, width: 200 }),
        stdin: new PassThrough().end("no\n"),
        writeOut: (text) => void (out += text),
        writeErr: () => undefined,
        env: { ...project.env, ...more },
        cwd: join(project.root, "cdktf.out/stacks", stack),
        interruption: new Interruption(),
      });
      expect(code).toBe(1);
    }
    expectAll(out.replace(/\s+/g, " "));
    for (const part of out.split("Do you want to perform these actions?").slice(1)) {
      expect(part.slice(0, 400)).not.toContain("net-team");
    }
  });
});
