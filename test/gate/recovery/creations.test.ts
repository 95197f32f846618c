import { creationsIn } from "../../../src/gate/recovery/creations-in";

const ALICLOUD = "registry.terraform.io/aliyun/alicloud";
const change = (address: string, more: object): object => {
  const [type, name] = address.replace(/^(module\.[^.]+\.)+/, "").split(/[.[]/);
  return { address, mode: "managed", type, name, provider_name: ALICLOUD, change: { actions: ["create"], ...more } };
};
const PLAN = {
  variables: { where: { value: "eu-central-1" } },
  resource_changes: [
    change("alicloud_vpc.a", {
      after: { vpc_name: "a", cidr_block: "10.0.0.0/8", description: "not kept", tags: { team: "x", secret: null } },
    }),
    change("module.m.alicloud_vswitch.b[0]", {
      after: { cidr_block: "10.1.0.0/16", vswitch_name: "hidden" },
      after_unknown: { vpc_id: true, id: true },
      after_sensitive: { vswitch_name: true },
    }),
    change("alicloud_slb_load_balancer.c", {
      actions: ["create", "delete"],
      before: { id: "lb-old" },
      after: { load_balancer_name: "c" },
    }),
    change("alicloud_vpc.kept", { actions: ["update"], after: { vpc_name: "kept" } }),
    change("terraform_data.d", { after: {} }),
    { ...change("alicloud_vpcs.read", { after: {} }), mode: "data" },
  ],
  configuration: {
    provider_config: {
      alicloud: { expressions: { region: { constant_value: "cn-hongkong" } } },
      "alicloud.eu": { expressions: { region: { references: ["var.where"] } } },
    },
    root_module: {
      resources: [
        { address: "alicloud_vpc.a", provider_config_key: "alicloud" },
        { address: "alicloud_slb_load_balancer.c", provider_config_key: "alicloud.eu" },
      ],
      module_calls: {
        m: {
          module: {
            resources: [
              {
                address: "alicloud_vswitch.b",
                provider_config_key: "elsewhere",
                expressions: {
                  vpc_id: { references: ["alicloud_vpc.n[0].id", "alicloud_vpc.n[0]", "alicloud_vpc.n"] },
                },
              },
            ],
          },
        },
      },
    },
  },
};

test("the creations of an apply are recorded with what they can be found by, without secrets and without updates", () => {
  expect(creationsIn(PLAN, "ap-southeast-1")).toEqual([
    {
      address: "alicloud_vpc.a",
      type: "alicloud_vpc",
      provider: ALICLOUD,
      region: "cn-hongkong",
      values: { vpc_name: "a", cidr_block: "10.0.0.0/8" },
      refs: {},
      tags: { team: "x" },
    },
    {
      address: "module.m.alicloud_vswitch.b[0]",
      type: "alicloud_vswitch",
      provider: ALICLOUD,
      region: "ap-southeast-1",
      values: { cidr_block: "10.1.0.0/16" },
      refs: { vpc_id: ["module.m.alicloud_vpc.n[0]"] },
      after: ["module.m.alicloud_vpc.n"],
    },
    {
      address: "alicloud_slb_load_balancer.c",
      type: "alicloud_slb_load_balancer",
      provider: ALICLOUD,
      region: "eu-central-1",
      values: { load_balancer_name: "c" },
      refs: {},
      replaces: "lb-old",
    },
  ]);
});

test("input that is not a plan has no creations", () => {
  for (const plan of [undefined, [], {}, { resource_changes: 1 }]) expect(creationsIn(plan, undefined)).toEqual([]);
});

describe("an attribute that is known later comes from", () => {
  const made = (name: string, references: readonly string[]): ReturnType<typeof creationsIn>[number] => {
    const address = "alicloud_vswitch.s";
    const plan = {
      resource_changes: [change(address, { after: {}, after_unknown: { [name]: true } })],
      configuration: { root_module: { resources: [{ address, expressions: { [name]: { references } } }] } },
    };
    return creationsIn(plan, undefined)[0]!;
  };
  const [OF_V, OF_KEY] = [
    ["alicloud_vpc.v.id", "alicloud_vpc.v"],
    ['alicloud_vpc.v["a.b"].id', 'alicloud_vpc.v["a.b"]', "alicloud_vpc.v"],
  ] as const;

  // References as terraform 1.11 lists them for such expressions.
  test.each<[string, string, readonly string[], readonly string[], readonly string[] | undefined]>([
    ["the id of a resource", "vpc_id", OF_V, ["alicloud_vpc.v"], ["alicloud_vpc.v"]],
    ["the id of an instance", "vpc_id", OF_KEY, ['alicloud_vpc.v["a.b"]'], ["alicloud_vpc.v"]],
    ["an instance by a computed key", "vpc_id", ["alicloud_vpc.v", "count.index"], [], ["alicloud_vpc.v"]],
    ["a choice by a variable", "vpc_id", ["var.x", ...OF_V], [], ["alicloud_vpc.v"]],
    ["an output", "vpc_id", ["module.m.vpc", "module.m"], [], undefined],
    ["another attribute", "vpc_id", ["alicloud_vswitch.t.vpc_id", "alicloud_vswitch.t"], [], ["alicloud_vswitch.t"]],
    ["a name with an id in it", "vswitch_name", OF_V, [], ["alicloud_vpc.v"]],
  ])("%s", (_what, name, references, refs, after) => {
    const { refs: found, after: later } = made(name, references);
    expect([found[name], later]).toEqual([refs, after]);
  });

  test("a list of an unknown type, for the order alone", () => {
    const found = made("rules", ["alicloud_vpc.v.id", "alicloud_vpc.v"]);
    expect([found.refs, found.after]).toEqual([{}, ["alicloud_vpc.v"]]);
  });
});
