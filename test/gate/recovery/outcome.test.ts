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

describe("what an apply leaves open", () => {
  test.each<[string, PlannedCreation[], Record<string, string>, Partial<ApplyOutput> | undefined, object]>([
    ["nothing, when nothing was begun", A, {}, {}, { made: {}, begun: [] }],
    ["what was begun", A, {}, { begun: new Set(["alicloud_vpc.a"]) }, { made: {}, begun: ["alicloud_vpc.a"] }],
    [
      "nothing, when the state got to hold it, half made",
      A,
      { "alicloud_vpc.a": "vpc-1" },
      { begun: new Set(["alicloud_vpc.a"]) },
      { made: {}, begun: [] },
    ],
    [
      "what the state does not hold",
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
      "one next to another, when a later run has made a second",
      A,
      { "alicloud_vpc.a": "vpc-2" },
      { created: new Map([["alicloud_vpc.a", "vpc-1"]]) },
      { made: { "alicloud_vpc.a": "vpc-1" }, begun: [] },
    ],
    ["everything planned, when nobody has its output", A, {}, undefined, { made: {}, begun: ["alicloud_vpc.a"] }],
    [
      "nothing, when nobody has its output and the state holds all",
      A,
      { "alicloud_vpc.a": "vpc-1" },
      undefined,
      { made: {}, begun: [] },
    ],
  ])("%s", (_what, creations, state, said, expected) => {
    const printed = said === undefined ? undefined : output(said);
    expect(leftOpen(creations, new Map(Object.entries(state)), printed)).toEqual(expected);
  });

  test("is settled later, when the state holds it; and not by what another run has made under the address", () => {
    const left = { made: { "alicloud_vpc.a": "vpc-1" }, begun: ["alicloud_vpc.b"] };
    const creations = [creation("alicloud_vpc.a"), creation("alicloud_vpc.b")];
    const by = (state: Record<string, string>): object => stillOpen(left, creations, new Map(Object.entries(state)));
    expect(by({})).toEqual(left);
    expect(by({ "alicloud_vpc.a": "vpc-1", "alicloud_vpc.b": "vpc-2" })).toEqual({ made: {}, begun: [] });
    expect(by({ "alicloud_vpc.a": "vpc-9", "alicloud_vpc.b": "vpc-2" })).toEqual({ made: left.made, begun: [] });
  });
});

describe("whether an error says that nothing was made", () => {
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
    ["the cloud broke", sdk(500, "InternalError"), ALICLOUD, false],
    ["it is there already: from the try before?", sdk(400, "ResourceAlreadyExist.Vpc"), ALICLOUD, false],
    ["an earlier try is under way", sdk(400, "LastTokenProcessing"), ALICLOUD, false],
    ["the provider died", "Plugin did not respond", ALICLOUD, false],
    ["no answer", 'Post "https://vpc.example.com/": read tcp: connection reset by peer', ALICLOUD, false],
    ["a time limit", "timeout while waiting for state to become 'Available'", ALICLOUD, false],
    ["words that are not known", "something went wrong", ALICLOUD, false],
    ["nothing was said", "", ALICLOUD, false],
    ["another cloud refused", "AccessDenied: not allowed", "registry.terraform.io/hashicorp/aws", true],
    ["another cloud's answer was lost", "RequestError: send request failed: EOF", "registry.terraform.io/x/y", false],
  ])("%s", (_what, text, provider, expected) => {
    expect(saysNothingWasMade(text, provider)).toBe(expected);
  });
});

test("the error of each resource is told apart, in JSON lines and in boxes", () => {
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
