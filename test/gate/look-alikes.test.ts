import { refuses } from "./support/cases";
import { addDataSource, ATTACHMENT, change, CLB, type Json } from "./support/plan";

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

describe("only the exact string is accepted", () => {
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

describe("a literal id is proven only by exactly that id", () => {
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
      title: "a null id where the data source has a null id too",
      of: "literal-id",
      edit: (p) => {
        addDataSource(p, [{ ...seen, id: null }]);
        change(p, ATTACHMENT).change.after.bind_instance_id = null;
      },
      by: target,
    },
  ]); // prettier-ignore
});
