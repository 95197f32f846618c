import type { ApplyOutput } from "../../../src/gate/recovery/apply-output";
import { readApplyOutput } from "../../../src/gate/recovery/apply-output";
import type { PlannedCreation } from "../../../src/gate/recovery/creation";
import { leftOpen, stillOpen } from "../../../src/gate/recovery/outcome";
import { saysNothingWasMade } from "../../../src/gate/recovery/refusal";

const ALICLOUD = "registry.terraform.io/aliyun/alicloud";
const creation = (address: string, more: Partial<PlannedCreation> = {}): PlannedCreation => ({
  address,
  type: address.split(".")[0]!,
  provider: ALICLOUD,
  values: {},
  refs: {},
  ...more,
});
const output = (more: Partial<ApplyOutput>): ApplyOutput => ({
  created: new Map(),
  begun: new Set(),
  failed: new Map(),
  endedInOrder: true,
  ...more,
});
const A = [creation("alicloud_vpc.a")];
const REPLACED = [creation("alicloud_vpc.a", { replaces: "vpc-0" })];

describe("what an apply leaves unresolved", () => {
  test.each<[string, PlannedCreation[], Record<string, string>, Partial<ApplyOutput> | undefined, object]>([
    ["nothing, when nothing was started", A, {}, {}, { made: {}, begun: [] }],
    ["what was started", A, {}, { begun: new Set(["alicloud_vpc.a"]) }, { made: {}, begun: ["alicloud_vpc.a"] }],
    [
      "nothing, when the state holds it, partly created",
      A,
      { "alicloud_vpc.a": "vpc-1" },
      { begun: new Set(["alicloud_vpc.a"]) },
      { made: {}, begun: [] },
    ],
    [
      "what is not in the state",
      A,
      {},
      { created: new Map([["alicloud_vpc.a", "vpc-1"]]) },
      { made: { "alicloud_vpc.a": "vpc-1" }, begun: [] },
    ],
    [
      "a replacement, where the state still holds what it replaces",
      REPLACED,
      { "alicloud_vpc.a": "vpc-0" },
      { begun: new Set(["alicloud_vpc.a"]) },
      { made: {}, begun: ["alicloud_vpc.a"] },
    ],
    [
      "one of two, when a later run has created a second",
      A,
      { "alicloud_vpc.a": "vpc-2" },
      { created: new Map([["alicloud_vpc.a", "vpc-1"]]) },
      { made: { "alicloud_vpc.a": "vpc-1" }, begun: [] },
    ],
    ["everything planned, when the output is lost", A, {}, undefined, { made: {}, begun: ["alicloud_vpc.a"] }],
    [
      "nothing, when the output is lost and the state holds everything",
      A,
      { "alicloud_vpc.a": "vpc-1" },
      undefined,
      { made: {}, begun: [] },
    ],
  ])("%s", (_what, creations, state, said, expected) => {
    const printed = said === undefined ? undefined : output(said);
    expect(leftOpen(creations, new Map(Object.entries(state)), printed)).toEqual(expected);
  });

  test("is settled once the state holds it, but not by what another run created under the address", () => {
    const left = { made: { "alicloud_vpc.a": "vpc-1" }, begun: ["alicloud_vpc.b"] };
    const creations = [creation("alicloud_vpc.a"), creation("alicloud_vpc.b")];
    const by = (state: Record<string, string>): object => stillOpen(left, creations, new Map(Object.entries(state)));
    expect(by({})).toEqual(left);
    expect(by({ "alicloud_vpc.a": "vpc-1", "alicloud_vpc.b": "vpc-2" })).toEqual({ made: {}, begun: [] });
    expect(by({ "alicloud_vpc.a": "vpc-9", "alicloud_vpc.b": "vpc-2" })).toEqual({ made: left.made, begun: [] });
  });
});

describe("whether an error proves that nothing was created", () => {
  const sdk = (status: number, code: string): string =>
    `CreateVpc Failed!!! [SDK alibaba-cloud-sdk-go ERROR]:\nSDKError:\n   StatusCode: ${status}\n   Code: ${code}\n   Message: code: ${status}, no`;
  test.each<[string, string, string, boolean]>([
    ["the cloud refused", sdk(403, "Forbidden.RAM"), ALICLOUD, true],
    ["a quota", sdk(400, "QuotaExceeded.Vpc"), ALICLOUD, true],
    [
      "the older client's words for it",
      "SDK.ServerError\nErrorCode: InvalidParameter\nRecommend:\nMessage: no",
      ALICLOUD,
      true,
    ],
    ["an internal error of the cloud", sdk(500, "InternalError"), ALICLOUD, false],
    [
      "an object that exists already, perhaps from an earlier attempt",
      sdk(400, "ResourceAlreadyExist.Vpc"),
      ALICLOUD,
      false,
    ],
    ["an earlier attempt in progress", sdk(400, "LastTokenProcessing"), ALICLOUD, false],
    ["the provider crashed", "Plugin did not respond", ALICLOUD, false],
    ["no answer", 'Post "https://vpc.example.com/": read tcp: connection reset by peer', ALICLOUD, false],
    ["a time limit", "timeout while waiting for state to become 'Available'", ALICLOUD, false],
    ["an unknown message", "something went wrong", ALICLOUD, false],
    ["no message", "", ALICLOUD, false],
    ["another cloud refused", "AccessDenied: not allowed", "registry.terraform.io/hashicorp/aws", true],
    ["another cloud's answer was lost", "RequestError: send request failed: EOF", "registry.terraform.io/x/y", false],
  ])("%s", (_what, text, provider, expected) => {
    expect(saysNothingWasMade(text, provider)).toBe(expected);
  });
});

test("the errors of each resource are read separately, from JSON lines and from boxed text", () => {
  const lines = [
    { type: "apply_start", hook: { resource: { addr: "alicloud_vpc.a" }, action: "create" } },
    { type: "apply_errored", hook: { resource: { addr: "alicloud_vpc.a" }, action: "create" } },
    { type: "diagnostic", diagnostic: { severity: "error", summary: "no", detail: "it", address: "alicloud_vpc.a" } },
  ];
  const json = readApplyOutput(lines.map((line) => JSON.stringify(line)).join("\n"), "");
  expect([[...json.failed], [...json.begun]]).toEqual([[["alicloud_vpc.a", "no\nit"]], []]);
  const errors =
    "╷\n│ Error: no\n│ \n│   with alicloud_vpc.a (it/vpc),\n│   on cdk.tf.json line 3\n╵\n╷\n│ Error: other\n╵\n";
  const text = readApplyOutput("alicloud_vpc.a: Creating...\nalicloud_vpc.b: Creating...\n", errors);
  expect([...text.failed.keys()]).toEqual(["alicloud_vpc.a"]);
  expect(text.failed.get("alicloud_vpc.a")).toContain("Error: no");
  expect([...text.begun]).toEqual(["alicloud_vpc.b"]);
});
