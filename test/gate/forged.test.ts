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
    { title: "of the CLB, missing", edit: (p) => delete change(p, CLB).provider_name, by: target },
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

describe("forged resources are refused", () => {
  refuses([
    { title: "a CLB in data mode", edit: (p) => (change(p, CLB).mode = "data"), by: target },
    { title: "a CLB in an unknown mode", edit: (p) => (change(p, CLB).mode = "ephemeral"), by: "plan/complete" },
    {
      title: "a binding in data mode of an internet-facing CLB",
      of: "internet-facing",
      edit: (p) => (change(p, ATTACHMENT).mode = "data"),
      by: target,
    },
    {
      title: "a binding in data mode, and its configuration block too",
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
      title: "a CLB whose address has a suffix",
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
      by: "AddressListedTwice",
    },
    {
      title: "two CLBs at one address, the bad one last",
      edit: (p) => {
        const bad = structuredClone(change(p, CLB));
        bad.change.after.address_type = "internet";
        p.resource_changes.push(bad);
      },
      by: "AddressListedTwice",
    },
    {
      title: "two bindings at one address, one of them good",
      edit: (p) => {
        const bad = structuredClone(change(p, ATTACHMENT));
        bad.change.after.bind_instance_region_id = "cn-hongkong";
        p.resource_changes.push(bad);
      },
      by: "AddressListedTwice",
    },
    {
      title: "two blocks of one CLB",
      edit: (p) => {
        const other = structuredClone(block(p, CLB));
        other.expressions = {};
        p.configuration.root_module.resources.push(other);
      },
      by: "AddressListedTwice",
    },
    {
      title: "a binding without its configuration block",
      edit: (p) =>
        (p.configuration.root_module.resources = p.configuration.root_module.resources.filter(
          (one: Json) => one.type !== ATTACHMENT,
        )),
      by: target,
    },
    {
      title: "a binding whose change was removed from a plan that creates its CLB",
      edit: (p) => (p.resource_changes = p.resource_changes.filter((one: Json) => one.type !== ATTACHMENT)),
      by: "plan/complete",
    },
    {
      title: "a binding whose change was removed, with all related ones, from a plan that creates other things",
      of: "internet-facing",
      edit: (p) => (p.resource_changes = p.resource_changes.filter((one: Json) => one.type === "alicloud_vpc")),
      by: "plan/complete",
    },
    {
      title: "a plan from which all changes were removed",
      of: "internet-facing",
      edit: (p) => (p.resource_changes = []),
      by: "plan/complete",
    },
    {
      title: "a binding in a module whose change was removed from a plan that creates its CLB",
      of: "module-output-good",
      edit: (p) => {
        p.resource_changes = p.resource_changes.filter((one: Json) => one.type !== ATTACHMENT);
        const root = p.configuration.root_module;
        const i = root.resources.findIndex((one: Json) => one.type === ATTACHMENT);
        root.module_calls.m.module.resources.push(...root.resources.splice(i, 1));
      },
      by: "plan/complete",
    },
    {
      title: "a CLB without its configuration block, so that its region is not known",
      edit: (p) =>
        (p.configuration.root_module.resources = p.configuration.root_module.resources.filter(
          (one: Json) => one.type !== CLB,
        )),
      by: "binding/region-matches-target",
    },
  ]);
});

describe("keys with a meaning in JavaScript are ordinary keys", () => {
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
      title: "a toJSON that is not a function",
      of: "internet-facing",
      edit: polluting((p) => p, "toJSON", "x"),
      by: "binding/internal-only",
    },
    {
      title: "a length next to the changes",
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
