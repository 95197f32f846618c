import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { EipanycastAnycastEipAddress } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { Policies } from "../../src";
import type { PoliciesOptions } from "../../src";
import { GATE_VARIABLE } from "../../src/terraform/gate-variable";
import { failureOf } from "./synthesise";

const place = mkdtempSync(join(tmpdir(), "policies-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** What a synthesis said, as its manifest keeps it. */
interface Annotation {
  readonly constructPath: string;
  readonly level: string;
  readonly message: string;
}
interface Made {
  readonly failure: string;
  readonly annotations: readonly Annotation[];
  readonly directory: string;
}

const GATED: PoliciesOptions = { env: { ANYCAST_GATE: "1" }, today: "2027-01-01" };

function synthesise(build: (stack: TerraformStack) => void, options: PoliciesOptions = GATED): Made {
  const outdir = mkdtempSync(join(place, "app-"));
  const app = new App({ outdir });
  Policies.of(app, options);
  build(new TerraformStack(app, "s"));
  let failure = "";
  try {
    app.synth();
  } catch (thrown) {
    failure = (thrown as Error).message;
  }
  app.manifest.writeToFile();
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    stacks: { s: { annotations: Annotation[] } };
  };
  return { failure, annotations: manifest.stacks.s.annotations, directory: join(outdir, "stacks", "s") };
}

/** Raw classes, as somebody writes them who does not use the constructs. */
function binding(
  stack: TerraformStack,
  clb: object,
  more: object = {},
  address: object = {},
): EipanycastAnycastEipAddressAttachment {
  new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
  const balancer = new SlbLoadBalancer(stack, "clb", { addressType: "intranet", vswitchId: "vsw-1", ...clb });
  const eip = new EipanycastAnycastEipAddress(stack, "eip", { serviceLocation: "international", ...address });
  return new EipanycastAnycastEipAddressAttachment(stack, "binding", {
    anycastId: eip.id,
    bindInstanceId: balancer.id,
    bindInstanceType: "SlbInstance",
    bindInstanceRegionId: "cn-hongkong",
    ...more,
  });
}

describe("Policies.of(app)", () => {
  it.each<[string, string, object, object, object]>([
    ["an internet-facing load balancer", "binding/internal-only", { addressType: "internet" }, {}, {}],
    ["a load balancer whose address type is left out", "binding/internal-only", { addressType: undefined }, {}, {}],
    ["a load balancer without a vSwitch", "binding/vpc-only", { vswitchId: undefined }, {}, {}],
    ["a region that is not supported", "binding/supported-region", {}, { bindInstanceRegionId: "cn-beijing" }, {}],
    ["a name that no address accepts", "address/name", {}, {}, { anycastEipAddressName: "1" }],
    ["an unknown area", "address/area", {}, {}, { serviceLocation: "mars" }],
    ["an unknown billing", "address/billing", {}, {}, { internetChargeType: "PayByBandwidth" }],
    ["a bandwidth out of range", "address/bandwidth", {}, {}, { bandwidth: 1 }],
  ])("refuses %s when the app synthesises, with path and line", (_, rule, clb, more, address) => {
    const made = synthesise((stack) => void binding(stack, clb, more, address));
    const wanted = new RegExp(
      `${rule}: Expected .+ \\(at s/(binding|eip), test/constructs/policies\\.test\\.ts:\\d+:\\d+\\)\\. Fix: `,
    );
    expect(made.failure).toMatch(wanted);
    const errors = made.annotations.filter((one) => one.level === "@cdktf/error").map((one) => one.message);
    expect(errors.filter((one) => wanted.test(one))).toHaveLength(1);
  });

  it("reports nothing for a valid binding", () => {
    expect(synthesise((stack) => void binding(stack, {}))).toMatchObject({ failure: "", annotations: [] });
  });

  it("sees the result of an override", () => {
    const made = synthesise((stack) => {
      binding(stack, {});
      (stack.node.findChild("clb") as SlbLoadBalancer).addOverride("address_type", "internet");
    });
    expect(made.failure).toContain("binding/internal-only");
  });

  const acknowledged = (more: object = {}, at: "here" | "above" = "here"): Made =>
    synthesise((stack) => {
      const one = binding(stack, { addressType: "internet" });
      Policies.of(at === "here" ? one : stack).acknowledge({
        rule: "binding/internal-only",
        reason: "moved in March",
        owner: "team-network",
        expires: "2027-03-31",
        ...more,
      });
    });

  it("accepts an acknowledgement of the construct or a parent, and writes it to the manifest", () => {
    for (const made of [acknowledged(), acknowledged({}, "above")]) {
      expect(made.failure).toBe("");
      expect(made.annotations.map((one) => [one.level, one.message])).toEqual(
        expect.arrayContaining([
          ["@cdktf/info", expect.stringContaining('"owner":"team-network"')],
          ["@cdktf/warn", expect.stringContaining("Acknowledged by team-network until 2027-03-31: moved in March")],
        ]),
      );
    }
  });

  it("refuses when the acknowledgement has expired or names another rule", () => {
    expect(acknowledged({ expires: "2026-12-31" }).failure).toContain("ended on 2026-12-31");
    expect(acknowledged({ rule: "binding/vpc-only" }).failure).toContain("binding/internal-only");
  });

  it.each([{ rule: "everything" }, { reason: " " }, { owner: "" }, { expires: "2027-02-30" }, { expires: "soon" }])(
    "refuses an acknowledgement with %j",
    (more) => {
      expect(failureOf(() => acknowledged(more)).code).toBe("InvalidAcknowledgement");
    },
  );
});

describe("a guarded stack", () => {
  const plan = async (made: Made, env: NodeJS.ProcessEnv): Promise<[number | null, string]> => {
    for (const args of [
      ["init", "-input=false"],
      ["plan", "-input=false", "-no-color"],
    ]) {
      const ended = await run(terraformBinary(), args, {
        cwd: made.directory,
        env: { ...terraformEnvironment(), ...env },
      });
      if (args[0] === "plan") return [ended.exitCode, ended.stderr.toString().replace(/[\s│]+/g, " ")];
      expect(ended.exitCode).toBe(0);
    }
    throw new Error("Expected a plan.");
  };

  it("stops a terraform that bypasses the gate, with a message, and lets the gate's terraform pass", async () => {
    const made = synthesise(() => undefined);
    const [code, said] = await plan(made, {});
    expect(said).toContain("This stack is deployed through anycast: terraform was started around the policy gate.");
    expect(code).toBe(1);
    expect(await plan(made, GATE_VARIABLE)).toEqual([0, ""]);
  });

  it.each<[string, PoliciesOptions]>([
    ["in the sandbox", { env: { ANYCAST_GATE: "1", ANYCAST_SANDBOX: "1" } }],
    ["with the opt-out", { env: { ANYCAST_UNGATED: "i-know" } }],
    ["with the guard switched off", { guard: false, env: {} }],
  ])("has no guard %s", async (_, options) => {
    expect(
      await plan(
        synthesise(() => undefined, options),
        {},
      ),
    ).toEqual([0, ""]);
  });

  it("warns loudly about the opt-out", () => {
    const made = synthesise(() => undefined, { env: { ANYCAST_UNGATED: "i-know" } });
    expect(made.annotations[0]).toMatchObject({
      level: "@cdktf/warn",
      message: expect.stringMatching(/^THE POLICY GATE IS OFF/) as string,
    });
  });
});
