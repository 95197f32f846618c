import { refuses } from "./support/cases";
import {
  addClb,
  addDataSource,
  ADDRESS,
  ATTACHMENT,
  block,
  change,
  CLB,
  PROVIDER,
  references,
  refer,
} from "./support/plan";
import type { Json } from "./support/plan";

const known = (plan: Json, value: unknown): void => {
  const lb = change(plan, CLB);
  lb.change.after.address_type = value;
};

const vswitch = (plan: Json, value: unknown): void => {
  const lb = change(plan, CLB);
  lb.change.after.vswitch_id = value;
  delete lb.change.after_unknown.vswitch_id;
};

const region = (plan: Json, value: unknown): void => {
  change(plan, ATTACHMENT).change.after.bind_instance_region_id = value;
};

const target = "binding/provable-target";

describe("a provider that the gate does not know proves nothing", () => {
  refuses([
    ...[
      "registry.terraform.io/evil/alicloud",
      "registry.terraform.io/hashicorp/alicloud",
      "registry.example.com/aliyun/alicloud",
      "registry.terraform.io/aliyun/alicloud2",
      "registry.terraform.io/aliyun/alicloud/",
      " registry.terraform.io/aliyun/alicloud",
      "registry.terraform.io/aliyun/alicloud\u0000",
      "registry.terraform.io/aliyun/alicloud\u200b",
      "registry.terraform.io/aliyun/\u0430licloud",
      "Registry.terraform.io/aliyun/alicloud",
      "registry.terraform.io/Aliyun/alicloud",
      "aliyun/alicloud",
      "",
      null,
      true,
      [PROVIDER],
      { name: PROVIDER },
    ].map((name) => ({
      title: `of the CLB: ${JSON.stringify(name)}`,
      edit: (p: Json): void => void (change(p, CLB).provider_name = name),
      by: target,
    })),
    { title: "of the CLB, left out", edit: (p) => delete change(p, CLB).provider_name, by: target },
    {
      title: "of the second of two CLBs that a condition chooses from",
      edit: (p) => {
        addClb(p, "fork").provider_name = "registry.terraform.io/evil/alicloud";
        refer(p, references(`${CLB}.lb.id`, `${CLB}.fork.id`));
      },
      by: target,
    },
    {
      title: "of one instance of a CLB with keys",
      of: "for-each-one-bad",
      edit: (p) => {
        change(p, CLB, 1).change.after.address_type = "intranet";
        change(p, CLB, 1).provider_name = "registry.terraform.io/evil/alicloud";
      },
      by: target,
    },
    {
      title: "of the vSwitch",
      edit: (p) => (change(p, "alicloud_vswitch").provider_name = "registry.terraform.io/evil/alicloud"),
      by: "binding/vpc-only",
    },
    {
      title: "of the data source that saw the CLB",
      of: "literal-id",
      edit: (p) => {
        const seen = { id: "lb-gs5abcdefgh", address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
        addDataSource(p, [seen]).provider_name = "registry.terraform.io/evil/alicloud";
      },
      by: target,
    },
    {
      title: "of the binding",
      edit: (p) => (change(p, ATTACHMENT).provider_name = "registry.terraform.io/evil/alicloud"),
      by: "plan/provider",
    },
    {
      title: "of the address",
      edit: (p) => (change(p, ADDRESS).provider_name = "registry.terraform.io/evil/alicloud"),
      by: "plan/provider",
    },
  ]);
});

describe("only the very text is the value", () => {
  const types = [
    "Intranet", "INTRANET", "intranet ", " intranet", "intranet\n", "intranet\u0000", "intranet\u200b", "\ufeffintranet",
    "intr\u0430net", "\u0456ntranet", "ｉntranet", "intra\u00adnet", "internal", "", "intranet,internet", null, true, false, 1,
    0, ["intranet"], { value: "intranet" }, [], {},
  ]; // prettier-ignore
  refuses(
    types.map((value) => ({
      title: `address type ${JSON.stringify(value)}`,
      edit: (p: Json): void => known(p, value),
      by: "binding/internal-only",
    })),
  );
  const switches = [
    "", " ", "\t", "\u00a0", "\u200b", "\u2003", "\u3000", "null", "none", "\u0000", "vsw", "vsw-", "VSW-1", " vsw-1", "vsw-1\n", "vsw-1 vsw-2",
    null, true, false, 0, 1, ["vsw-1"], { id: "vsw-1" }, [], {},
  ]; // prettier-ignore
  refuses(
    switches.map((value) => ({
      title: `vSwitch ${JSON.stringify(value)}`,
      edit: (p: Json): void => vswitch(p, value),
      by: "binding/vpc-only",
    })),
  );
  const regions = [
    "ap-southeast-1 ", " ap-southeast-1", "AP-SOUTHEAST-1", "ap-southeast-1\u200b", "ap-southeast-1\n", "ap\u2011southeast\u20111",
    "\u0430p-southeast-1", "ap-southeast-", "ap-southeast-10", "ap-southeast-1,cn-hongkong", "", "ap_southeast_1", null, true, 1,
    ["ap-southeast-1"], { id: "ap-southeast-1" },
  ]; // prettier-ignore
  refuses(
    regions.map((value) => ({
      title: `region ${JSON.stringify(value)}`,
      edit: (p: Json): void => region(p, value),
      by: "binding/supported-region",
    })),
  );
  refuses(
    regions
      .filter((value) => typeof value === "string")
      .map((value) => ({
        title: `region of the provider ${JSON.stringify(value)}`,
        edit: (p: Json): void =>
          void (p.configuration.provider_config.alicloud.expressions.region.constant_value = value),
        by: "binding/region-matches-target",
      })),
  );
  const kinds = [
    "slbinstance",
    "SlbInstance ",
    "SLBINSTANCE",
    "NetworkInterface",
    "",
    null,
    true,
    1,
    ["SlbInstance"],
    {},
  ];
  refuses(
    kinds.map((value) => ({
      title: `instance type ${JSON.stringify(value)}`,
      edit: (p: Json): void => void (change(p, ATTACHMENT).change.after.bind_instance_type = value),
      by: "binding/target-type",
    })),
  );
});

describe("an id that is written down is proven by that very id only", () => {
  const seen = { id: "lb-gs5abcdefgh", address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
  const withId = (id: unknown): ((p: Json) => void) => {
    return (p) => {
      addDataSource(p, [seen]);
      change(p, ATTACHMENT).change.after.bind_instance_id = id;
    };
  };
  refuses([
    ...["lb-GS5ABCDEFGH", "lb-gs5abcdefgh ", "lb-gs5abcdefg", "lb-gs5abcdefgh\u200b", "lb-gs5\u0430bcdefgh", "", "lb-", null, true, 5, ["lb-gs5abcdefgh"], {}].map(
      (id) => ({ title: `id ${JSON.stringify(id)}`, of: "literal-id", edit: withId(id), by: target }),
    ),
    {
      title: "a null in place of the id that the data source saw too",
      of: "literal-id",
      edit: (p) => {
        addDataSource(p, [{ ...seen, id: null }]);
        change(p, ATTACHMENT).change.after.bind_instance_id = null;
      },
      by: target,
    },
  ]); // prettier-ignore
});

describe("resources that are not what they seem", () => {
  refuses([
    { title: "a CLB in data mode", edit: (p) => (change(p, CLB).mode = "data"), by: target },
    { title: "a CLB in a mode of its own", edit: (p) => (change(p, CLB).mode = "ephemeral"), by: "plan/complete" },
    {
      title: "a binding in data mode of an internet-facing CLB",
      of: "internet-facing",
      edit: (p) => (change(p, ATTACHMENT).mode = "data"),
      by: target,
    },
    {
      title: "a binding in data mode, its block too",
      of: "internet-facing",
      edit: (p) => {
        block(p, ATTACHMENT).mode = "data";
        change(p, ATTACHMENT).mode = "data";
      },
      by: "binding/internal-only",
    },
    {
      title: "a binding under another type, its address unchanged",
      of: "internet-facing",
      edit: (p) => (change(p, ATTACHMENT).type = "alicloud_vpc"),
      by: "plan/complete",
    },
    {
      title: "a CLB whose address is that of another",
      of: "internet-facing",
      edit: (p) => (change(p, CLB).address = `${CLB}.other`),
      by: "plan/complete",
    },
    {
      title: "a CLB whose address goes on",
      edit: (p) => (change(p, CLB).address += "x"),
      by: "plan/complete",
    },
    {
      title: "a CLB that is deposed",
      edit: (p) => (change(p, CLB).deposed = "abcd1234"),
      by: target,
    },
    {
      title: "two CLBs at one address, the bad one first",
      edit: (p) => {
        const bad = structuredClone(change(p, CLB));
        bad.change.after.address_type = "internet";
        p.resource_changes.unshift(bad);
      },
      by: "PolicyFailed",
    },
    {
      title: "two CLBs at one address, the bad one last",
      edit: (p) => {
        const bad = structuredClone(change(p, CLB));
        bad.change.after.address_type = "internet";
        p.resource_changes.push(bad);
      },
      by: "PolicyFailed",
    },
    {
      title: "two bindings at one address, one of them good",
      edit: (p) => {
        const bad = structuredClone(change(p, ATTACHMENT));
        bad.change.after.bind_instance_region_id = "cn-hongkong";
        p.resource_changes.push(bad);
      },
      by: "PolicyFailed",
    },
    {
      title: "two blocks of one CLB",
      edit: (p) => {
        const other = structuredClone(block(p, CLB));
        other.expressions = {};
        p.configuration.root_module.resources.push(other);
      },
      by: "PolicyFailed",
    },
    {
      title: "a binding whose block is gone",
      edit: (p) =>
        (p.configuration.root_module.resources = p.configuration.root_module.resources.filter(
          (one: Json) => one.type !== ATTACHMENT,
        )),
      by: target,
    },
    {
      title: "a CLB whose block is gone: its region is not known",
      edit: (p) =>
        (p.configuration.root_module.resources = p.configuration.root_module.resources.filter(
          (one: Json) => one.type !== CLB,
        )),
      by: "binding/region-matches-target",
    },
  ]);
});

describe("keys that JavaScript gives a meaning to are keys like any other", () => {
  const polluting = (at: (plan: Json) => Json, key: string, value: unknown): ((plan: Json) => void) => {
    return (plan) =>
      Object.defineProperty(at(plan), key, { value, enumerable: true, writable: true, configurable: true });
  };
  refuses([
    {
      title: "__proto__ with the good values of a CLB",
      of: "internet-facing",
      edit: polluting((p) => change(p, CLB).change.after, "__proto__", { address_type: "intranet" }),
      by: "binding/internal-only",
    },
    {
      title: "__proto__ in place of the address type",
      edit: (p) => {
        delete change(p, CLB).change.after.address_type;
        polluting((q) => change(q, CLB).change.after, "__proto__", { address_type: "intranet" })(p);
      },
      by: "binding/internal-only",
    },
    {
      title: "__proto__ that says the plan is complete",
      edit: (p) => {
        delete p.complete;
        polluting((q) => q, "__proto__", { complete: true, errored: false })(p);
      },
      by: "plan/complete",
    },
    {
      title: "__proto__ that removes the binding",
      of: "internet-facing",
      edit: polluting((p) => change(p, ATTACHMENT).change, "__proto__", { after: null, actions: ["delete"] }),
      by: "binding/internal-only",
    },
    {
      title: "constructor with a prototype",
      of: "internet-facing",
      edit: polluting((p) => p, "constructor", { prototype: { complete: true } }),
      by: "binding/internal-only",
    },
    {
      title: "a toJSON that is no function",
      of: "internet-facing",
      edit: polluting((p) => p, "toJSON", "x"),
      by: "binding/internal-only",
    },
    {
      title: "a length beside the changes",
      of: "internet-facing",
      edit: polluting((p) => p, "length", 0),
      by: "binding/internal-only",
    },
    ...["__proto__", "constructor", "hasOwnProperty", "toString"].map((name) => ({
      title: `a CLB named ${name}`,
      of: "internet-facing",
      edit: (p: Json): void => {
        change(p, CLB).address = `${CLB}.${name}`;
        change(p, CLB).name = name;
        block(p, CLB).address = `${CLB}.${name}`;
        block(p, CLB).name = name;
        refer(p, references(`${CLB}.${name}.id`));
      },
      by: "binding/internal-only",
    })),
  ]);
});
