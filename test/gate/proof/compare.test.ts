import { compareWithState } from "../../../src/gate/proof/compare";
import type { ProvenBinding, ProvenTarget } from "../../../src/gate/proof/proven";
import { objectsOfShown, objectsOfState } from "../../../src/terraform/state/state-objects";

const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment";
const TARGET: ProvenTarget = {
  addresses: ["alicloud_slb_load_balancer.lb"],
  id: undefined,
  addressType: "intranet",
  vswitch: "alicloud_vswitch.s",
};

type Attributes = Readonly<Record<string, unknown>>;
interface Resource {
  readonly type: string;
  readonly name: string;
  readonly mode?: string;
  readonly module?: string;
  readonly instances: readonly {
    readonly attributes: Attributes;
    readonly index_key?: unknown;
    readonly deposed?: string;
  }[];
}

const managed = (type: string, name: string, attributes: Attributes): Resource => ({
  type,
  name,
  instances: [{ attributes }],
});
const bound = (attributes: Attributes = {}): Resource =>
  managed(BINDING, "t", { bind_instance_id: "lb-1", bind_instance_region_id: "ap-southeast-1", ...attributes });
const balancer = (attributes: Attributes = {}, name = "lb"): Resource =>
  managed("alicloud_slb_load_balancer", name, {
    id: "lb-1",
    address_type: "intranet",
    vswitch_id: "vsw-1",
    master_zone_id: "ap-southeast-1a",
    ...attributes,
  });
const vswitch = managed("alicloud_vswitch", "s", { id: "vsw-1" });
const stateOf = (resources: readonly Resource[]): string =>
  JSON.stringify({ version: 4, resources: resources.map((one) => ({ mode: "managed", ...one })) });

function compare(
  resources: readonly Resource[],
  target: Partial<ProvenTarget> = {},
  excused: readonly string[] = [],
  proven?: readonly ProvenBinding[],
): (string | undefined)[] {
  const binding = { address: `${BINDING}.t`, region: "ap-southeast-1", targets: [{ ...TARGET, ...target }] };
  const state = objectsOfState(stateOf(resources))!;
  return compareWithState(proven ?? [binding], new Set(excused), state, true).map(({ broken }) => broken);
}

describe("the comparison of the state after an apply with what was proven", () => {
  test.each<[string, readonly Resource[], Partial<ProvenTarget>]>([
    ["the load balancer of the plan", [bound(), balancer(), vswitch], {}],
    [
      "one of a group of load balancers",
      [bound(), balancer(), vswitch],
      { addresses: ["x.y", "alicloud_slb_load_balancer.lb"] },
    ],
    ["one proven by its id", [bound(), balancer(), vswitch], { id: "lb-1" }],
    ["one that --live found", [bound()], { addresses: [], id: "lb-1" }],
    ["a vSwitch by its id", [bound(), balancer()], { vswitch: "vsw-1" }],
    [
      "the second of two vSwitches",
      [bound(), balancer(), vswitch],
      { vswitch: "alicloud_vswitch.a, alicloud_vswitch.s" },
    ],
    ["a vSwitch by a key", [bound(), balancer(), vswitch], { vswitch: 'module.m["a, b"].alicloud_vswitch.s["x, y"]' }],
    ["one of several vSwitches by their ids", [bound(), balancer()], { vswitch: "vsw-0, vsw-1" }],
    ["a vSwitch of a group with many", [bound(), balancer(), vswitch], { vswitch: "alicloud_vswitch.a and 17 more" }],
    ["one of many instances", [bound(), balancer(), vswitch], { vswitch: "alicloud_vswitch.s[0] (any of 17)" }],
    [
      "one of many blocks, not all of which are listed",
      [bound(), balancer(), vswitch],
      { vswitch: "alicloud_vswitch.a[0] (any of 17), alicloud_vswitch.b and 3 more" },
    ],
    ["a vSwitch from another state", [bound(), balancer()], { vswitch: "data.alicloud_vswitches.x" }],
    [
      "one of a module and a key",
      [
        bound(),
        { ...balancer(), module: 'module.m["a"]', instances: [{ ...balancer().instances[0]!, index_key: "k" }] },
      ],
      { addresses: ['module.m["a"].alicloud_slb_load_balancer.lb["k"]'] },
    ],
    [
      "one of a data source",
      [
        bound(),
        {
          ...managed("alicloud_slb_load_balancers", "d", {
            balancers: [{ id: "lb-1", address_type: "intranet", vswitch_id: "vsw-1" }],
          }),
          mode: "data",
        },
      ],
      { addresses: ["data.alicloud_slb_load_balancers.d"], id: "lb-1", vswitch: "vsw-1" },
    ],
    [
      "a network interface of an instance",
      [
        bound({ bind_instance_id: "eni-1" }),
        managed("alicloud_instance", "i", { id: "i-1", network_interface_id: "eni-1" }),
      ],
      { addresses: ["alicloud_instance.i"], addressType: undefined, vswitch: undefined },
    ],
  ])("holds for %s", (_what, resources, target) => {
    expect(compare(resources, target)).toEqual([undefined]);
  });

  test.each<[string, readonly Resource[], Partial<ProvenTarget>, string]>([
    [
      "another load balancer",
      [bound(), balancer({ id: "lb-2" }), balancer({ address_type: "internet" }, "bad"), vswitch],
      {},
      "it is bound to lb-1 (alicloud_slb_load_balancer.bad, internet)",
    ],
    [
      "a load balancer that is not in the state",
      [bound(), vswitch],
      {},
      "it is bound to lb-1, which is not in this state",
    ],
    ["nothing", [bound({ bind_instance_id: "" }), balancer(), vswitch], {}, "it is bound to nothing"],
    ["another id than the proven one", [bound(), balancer(), vswitch], { id: "lb-2" }, "it is bound to lb-1"],
    ["another id than --live found", [bound()], { addresses: [], id: "lb-2" }, "it is bound to lb-1"],
    [
      "another address type",
      [bound(), balancer({ address_type: "internet" }), vswitch],
      {},
      "has the address type internet",
    ],
    ["no address type", [bound(), balancer({ address_type: "" }), vswitch], {}, "has the address type (none)"],
    ["no vSwitch", [bound(), balancer({ vswitch_id: "" }), vswitch], {}, "has no vSwitch"],
    ["another vSwitch", [bound(), balancer({ vswitch_id: "vsw-2" }), vswitch], {}, "is in the vSwitch vsw-2"],
    [
      "one that is none of many instances",
      [bound(), balancer({ vswitch_id: "vsw-2" }), vswitch],
      { vswitch: "alicloud_vswitch.s[0] (any of 17)" },
      "is in the vSwitch vsw-2",
    ],
    [
      "another region",
      [bound({ bind_instance_region_id: "cn-hongkong" }), balancer(), vswitch],
      {},
      "its region is cn-hongkong",
    ],
    [
      "a target in another region",
      [bound(), balancer({ master_zone_id: "cn-hongkong-b" }), vswitch],
      {},
      "is in cn-hongkong-b",
    ],
    ["no binding", [balancer(), vswitch], {}, "the binding is not in the state"],
    [
      "a network interface where a load balancer was proven",
      [bound({ bind_instance_id: "eni-1" }), balancer({ name: "eni-1" }), vswitch],
      {},
      "it is bound to eni-1",
    ],
  ])("fails for %s", (_what, resources, target, says) => {
    expect(compare(resources, target)).toEqual([expect.stringContaining(says)]);
  });

  test("compares a sensitive region without showing it", () => {
    const proven = [{ address: `${BINDING}.t`, region: undefined, targets: [TARGET] }];
    expect(compare([bound(), balancer(), vswitch], {}, [], proven)).toEqual([undefined]);
    expect(compare([bound(), balancer({ master_zone_id: "cn-hongkong-b" }), vswitch], {}, [], proven)).toEqual([
      "lb-1 is in another region than the binding names",
    ]);
  });

  test("fails for a binding without a proof, unless its finding was waived", () => {
    expect(compare([bound(), balancer()], {}, [], [])).toEqual([expect.stringContaining("proven nothing")]);
    expect(compare([bound(), balancer()], {}, [`${BINDING}.t`], [])).toEqual([]);
  });

  test("ignores a deposed binding", () => {
    const deposed = { ...bound(), instances: [{ ...bound().instances[0]!, deposed: "00000001" }] };
    expect(compare([deposed], {}, [], [])).toEqual([]);
  });

  test("gives the same result for `terraform show` as for `terraform state pull`", () => {
    const module = {
      resources: [{ address: "module.m.a.b", mode: "managed", type: "a", name: "b", values: { id: "1" } }],
    };
    const shown = { format_version: "1.0", values: { root_module: { resources: [], child_modules: [module] } } };
    const pulled = stateOf([{ ...managed("a", "b", { id: "1" }), module: "module.m" }]);
    expect(objectsOfShown(JSON.stringify(shown))).toEqual(objectsOfState(pulled));
  });

  test.each([["{}"], ["not JSON"], ['{"encrypted_data":"x"}']])("refuses %s as a state", (text) => {
    expect(objectsOfState(text)).toBeUndefined();
  });
});
