import { dice } from "./dice";
import { ADDRESS, ATTACHMENT, CLB, type Json, PROVIDER, refs } from "./parts";
import { PlanParts } from "./plan-parts";

class PlanMaker extends PlanParts {
  /** One service: vSwitch, load balancers, address and bindings, somewhere in the tree of modules. */
  protected unit(i: number): void {
    const { d } = this;
    const shape = d.roll(6);
    const keys = d.of<string[]>([""], [""], ['["a"]', '["b"]'], ['["a"]', '["b"]', '["lb-x"]'], ["[0]", "[1]", "[2]"]);
    const inModule = shape >= 3;
    const moduleKeys = shape === 4 ? ['["m1"]', '["m2"]'] : [""];
    const callName = `net${String(i)}`;
    const holder: Json & { resources: Json[] } = inModule ? { resources: [], outputs: {}, variables: {} } : this.root;
    const provider = inModule && d.chance(40) ? `module.${callName}:alicloud` : "alicloud";
    if (provider !== "alicloud") this.provider(provider, `module.${callName}`);
    const each = keys[0]!.startsWith('["') ? "each.key" : "count.index";
    const extra: Json =
      keys[0] === ""
        ? {}
        : each === "each.key"
          ? { for_each_expression: refs("var.names") }
          : { count_expression: { constant_value: keys.length } };
    const suffix = (key: string): string => (key === "" ? "" : d.chance(50) ? key : "");
    const [vs, lb] = [`s${String(i)}`, `lb${String(i)}`];
    for (const moduleKey of moduleKeys) {
      const module = inModule ? `module.${callName}${moduleKey}` : "";
      this.change(module, "alicloud_vswitch", vs, "", { cidr_block: "10.1.0.0/24" }, { id: true });
      for (const key of keys) this.balancer(module, lb, key);
      if (d.chance(30)) this.change(module, "alicloud_instance", `i${String(i)}`, "", {}, { id: true });
    }
    this.block(holder.resources, "alicloud_vswitch", vs, provider, {});
    this.block(
      holder.resources,
      CLB,
      lb,
      provider,
      {
        ...(!this.rarely(10) ? { address_type: { constant_value: "intranet" } } : {}),
        vswitch_id: this.expression(`alicloud_vswitch.${vs}.id`),
      },
      extra,
    );
    if (inModule) {
      const own = keys[0] === "" ? "" : d.of(keys[0]!, `[${each}]`);
      holder.outputs = {
        lb: {
          expression:
            own.startsWith("[each") || own.startsWith("[count")
              ? refs(`${CLB}.${lb}`)
              : this.expression(`${CLB}.${lb}${own}.id`),
        },
        vs: { expression: this.expression(`alicloud_vswitch.${vs}.id`) },
      };
      this.root.module_calls[callName] = {
        source: "./net",
        expressions: {
          names: d.of<Json>({ constant_value: ["a"] }, refs("var.names")),
          other: { constant_value: "x" },
        },
        ...(shape === 4 ? { for_each_expression: refs("var.nets") } : {}),
        module: holder,
      };
    }
    this.bindings(i, { lb, keys, each, inModule, callName, moduleKeys, extra, suffix });
  }

  private balancer(module: string, name: string, key: string): void {
    const { d } = this;
    const exists = d.chance(25);
    const after: Json = {
      address_type: !this.rarely(15) ? "intranet" : d.of<unknown>("internet", null, "Intranet"),
      load_balancer_name: "x",
      instance_charge_type: d.of<unknown>("PayByCLCU", null, "PayBySpec"),
      ...(d.chance(15) ? { address: d.of("10.1.0.5", "10.1.0.6", "10.9.0.5", "10.1.0.0", "x") } : {}),
      ...(d.chance(15) ? { status: d.of<unknown>("active", "inactive", null, "") } : {}),
      ...(exists
        ? { id: `lb-${name}${key.replace(/[^a-z0-9]/g, "")}${d.chance(10) ? "" : "x"}`, vswitch_id: "vsw-abc123" }
        : {}),
    };
    const unknown: Json = exists
      ? {}
      : { id: true, vswitch_id: true, ...(this.rarely(10) ? { address_type: true } : {}) };
    const actions = exists ? d.of(["no-op"], ["update"], ["delete"], ["delete", "create"], ["forget"]) : ["create"];
    const entry = this.change(module, CLB, name, key, after, unknown, actions);
    if (exists && d.chance(30))
      (entry.change as Json).before = {
        id: after.id,
        delete_protection: d.of("on", "off"),
        payment_type: "PayAsYouGo",
      };
  }

  private bindings(
    i: number,
    unit: {
      lb: string;
      keys: readonly string[];
      each: string;
      inModule: boolean;
      callName: string;
      moduleKeys: readonly string[];
      extra: Json;
      suffix: (key: string) => string;
    },
  ): void {
    const { d } = this;
    const { lb, keys, each, inModule, callName, moduleKeys, extra } = unit;
    const address = d.chance(80) ? `a${String(i)}` : "a0";
    if (address !== "a0" || i === 0) {
      const after: Json = {
        anycast_eip_address_name: d.of<unknown>(`demo${String(i)}`, `demo-${String(i)}`, "1bad", null),
        service_location: d.of("international", "international", "ChineseMainland", "mars"),
        internet_charge_type: "PayByTraffic",
        payment_type: "PayAsYouGo",
        ...(d.chance(20) ? { bandwidth: d.of<unknown>(200, 5, "x", 1000) } : {}),
      };
      this.change("", ADDRESS, address, "", after, { id: true });
      this.block(
        this.root.resources,
        ADDRESS,
        address,
        "alicloud",
        d.chance(20) ? { bandwidth: refs("var.bandwidth") } : {},
      );
    }
    const name = `t${String(i)}`;
    const own = inModule ? moduleKeys : keys;
    const bindingKeys = d.chance(80) ? own : [own[0]!];
    const known = d.chance(20);
    const byId = d.chance(10);
    const region = this.rarely(40) ? d.of("cn-hongkong", "us-west-1") : "ap-southeast-1";
    for (const key of bindingKeys) {
      const after: Json = {
        bind_instance_region_id: region,
        bind_instance_type: !this.rarely(5) ? "SlbInstance" : d.of<unknown>("NetworkInterface", null),
        ...(d.chance(60) ? { association_mode: d.of("Default", "Normal") } : {}),
        ...(known ? { bind_instance_id: `lb-${lb}${key.replace(/[^a-z0-9]/g, "")}x` } : {}),
        ...(known || byId ? { anycast_id: `aeip-${String(d.roll(3))}` } : {}),
      };
      const unknown = {
        ...(known ? {} : { bind_instance_id: true, id: true }),
        ...(known || byId ? {} : { anycast_id: true }),
      };
      this.change(
        "",
        ATTACHMENT,
        name,
        key,
        after,
        unknown,
        d.of(["create"], ["create"], ["create"], ["no-op"], ["delete"]),
      );
    }
    if (d.chance(10)) this.seeBalancer(`lb-${lb}x`);
    if ((known || byId) && d.chance(60)) this.seeAddress(`aeip-${String(d.roll(2))}`);
    this.block(
      this.root.resources,
      ATTACHMENT,
      name,
      "alicloud",
      {
        anycast_id: this.expression(`${ADDRESS}.${address}.id`),
        bind_instance_id: this.target(`${CLB}.${lb}`, keys, each, inModule ? callName : undefined, moduleKeys),
      },
      own[0] === "" ? {} : extra,
    );
  }

  private target(
    lb: string,
    keys: readonly string[],
    each: string,
    call: string | undefined,
    moduleKeys: readonly string[],
  ): Json {
    const { d } = this;
    const unkeyed = { ...refs(call === undefined ? lb : `module.${call}`) };
    if (call !== undefined) {
      if (moduleKeys[0] === "") return this.expression(`module.${call}.lb`);
      return d.of(
        { references: ["each.key", `module.${call}`] },
        this.json
          ? { references: ["each.key", `module.${call}`], constant_value: `\${module.${call}[each.key].lb}` }
          : unkeyed,
        this.expression(`module.${call}${moduleKeys[0]!}.lb`),
      );
    }
    if (keys[0] === "")
      return d.of(
        ...(this.hostile ? [] : Array.from({ length: 20 }, () => this.expression(`${lb}.id`))),
        this.expression(`${lb}.id`),
        this.expression(`${lb}.address`),
        refs(`${lb}.id`, "var.flag"),
        refs(`${lb}.id`, `${CLB}.lb0.id`),
        refs("local.lb"),
        { constant_value: "lb-literal" },
      );
    return d.of(
      this.expression(`${lb}${keys[0]!}.id`),
      { references: [each, lb] },
      { references: [lb, each] },
      this.json ? { references: [each, lb], constant_value: `\${${lb}[${each}].id}` } : refs(lb),
      this.json ? { references: [each, lb], constant_value: `\${${lb}["a"].id}` } : refs("each.value"),
    );
  }

  private seeBalancer(id: string): void {
    const { d } = this;
    const balancer = {
      id,
      address_type: d.of("intranet", "internet"),
      vswitch_id: d.of<unknown>("vsw-1", ""),
      network_type: "vpc",
      ...(this.d.chance(40) ? { status: this.d.of<unknown>("active", "inactive", null) } : {}),
    };
    this.see("alicloud_slb_load_balancers", { balancers: [balancer], ids: [id] });
  }

  private seeAddress(id: string): void {
    const area = (): unknown => this.d.of<unknown>("international", "ChineseMainland", "ChineseMainland", "mars", null);
    const addresses = Array.from({ length: 1 + this.d.roll(2) }, () => ({
      id,
      service_location: area(),
      ...(this.d.chance(60) ? { anycast_eip_bind_info_list: this.boundTo(id) } : {}),
    }));
    this.see("alicloud_eipanycast_anycast_eip_addresses", { addresses });
  }

  /** Bindings that a data source lists: some of this plan's own state, some of other configurations. */
  private boundTo(id: string): unknown {
    const { d } = this;
    if (this.rarely(5)) return { "0": {} };
    return Array.from({ length: d.roll(3) }, () => {
      const bound = {
        bind_instance_id: d.of<unknown>("lb-lb0x", "lb-lb1x", "lb-other", 5),
        bind_instance_region_id: d.of("ap-southeast-1", "cn-hongkong"),
        bind_instance_type: "SlbInstance",
      };
      const parts = [id, bound.bind_instance_id, bound.bind_instance_region_id, bound.bind_instance_type];
      const other = d.of(...this.changes.filter((one) => one.type === ATTACHMENT));
      if (d.chance(30) && other !== undefined) Object.assign(other.change as Json, { before: { id: parts.join(":") } });
      return bound;
    });
  }

  private see(type: string, values: Json): void {
    const address = `data.${type}.d`;
    const isFirst = !this.seen.some((one) => one.type === type);
    this.seen.push({ address, mode: "data", type, name: "d", provider_name: PROVIDER, values });
    if (this.d.chance(90) && isFirst)
      this.root.resources.push({
        address,
        mode: "data",
        type,
        name: "d",
        provider_config_key: "alicloud",
        expressions: {},
      });
  }
}

export const randomPlan = dice.map((d) => new PlanMaker(d).make());
