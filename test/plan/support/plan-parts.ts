import type { Dice } from "./dice";
import { type Json, PROVIDER, refs } from "./parts";

/** A plan in the making, and its parts. */
export abstract class PlanParts {
  protected readonly changes: Json[] = [];
  protected readonly root: Json & { resources: Json[]; module_calls: Json } = {
    resources: [],
    module_calls: {},
    outputs: {},
    variables: {},
  };
  protected readonly providers: Json = {};
  protected readonly variables: Json = {};
  protected readonly seen: Json[] = [];
  protected readonly json: boolean;
  protected readonly hostile: boolean;
  protected d: Dice;

  public constructor(protected readonly first: Dice) {
    this.d = first;
    this.json = first.chance(30);
    this.hostile = first.chance(40);
    this.provider("alicloud", "");
  }

  public make(): Json {
    const { d } = this;
    const units = 1 + d.roll(4);
    for (let i = 0; i < units; i++) this.unit(i);
    // The same once more under other names: slices of one shape.
    const copies = d.of(0, 0, 3);
    for (let i = 0; i < copies; i++) {
      this.d = this.first.again();
      this.unit(units + i);
      this.d = this.first;
    }
    if (this.rarely(10)) this.changes.push(d.of<Json>({ address: 5 }, { address: "x.y", mode: "managed", type: "x" }));
    const plan: Json = {
      format_version: "1.2",
      terraform_version: "1.11.4",
      planned_values: { root_module: {} },
      resource_changes: this.shuffled(this.changes),
      configuration: { provider_config: this.providers, root_module: this.root },
      variables: this.variables,
      errored: false,
    };
    if (!this.rarely(8)) plan.complete = !this.rarely(4);
    if (this.seen.length > 0) plan.prior_state = { values: { root_module: { resources: this.seen } } };
    return plan;
  }

  /** What spoils a plan happens in some plans only, so that others are proven. */
  protected rarely(percent: number): boolean {
    return this.d.chance(percent) && this.hostile;
  }

  protected shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    const result: T[] = [];
    while (left.length > 0) result.push(...left.splice(this.d.chance(70) ? 0 : this.d.roll(left.length), 1));
    return result;
  }

  protected provider(key: string, module: string): void {
    const { d } = this;
    const region = this.rarely(40) ? d.of<unknown>("cn-hongkong", "us-west-1", null) : "ap-southeast-1";
    let expression: Json | undefined;
    if (typeof region === "string") {
      if (d.chance(20)) {
        this.variables.region = { value: region };
        expression = { references: ["var.region"] };
      } else expression = { constant_value: region };
    }
    this.providers[key] = {
      name: "alicloud",
      full_name: this.rarely(3) ? "registry.opentofu.org/aliyun/alicloud" : PROVIDER,
      ...(module === "" ? {} : { module_address: module }),
      ...(expression === undefined ? {} : { expressions: { region: expression } }),
    };
  }

  protected expression(...heads: string[]): Json {
    const expression = refs(...heads);
    if (this.json && heads.length === 1) expression.constant_value = `\${${heads[0]!}}`;
    return expression;
  }

  protected change(
    module: string,
    type: string,
    name: string,
    key: string,
    after: Json,
    unknown: Json,
    actions = ["create"],
  ): Json {
    const { d } = this;
    const base = `${module === "" ? "" : `${module}.`}${type}.${name}`;
    const entry: Json = {
      address: `${base}${key}`,
      ...(module === "" ? {} : { module_address: module }),
      mode: "managed",
      type,
      name,
      provider_name: this.rarely(2) ? "registry.terraform.io/fork/alicloud" : PROVIDER,
      change: {
        actions,
        before: actions.includes("create") ? null : { id: after.id ?? null },
        after: actions[0] === "delete" && actions.length === 1 ? null : after,
        after_unknown: unknown,
        before_sensitive: false,
        after_sensitive: d.chance(3) ? { vswitch_id: true, bind_instance_id: true } : {},
      },
    };
    if (this.rarely(1)) entry.deposed = "abcd1234";
    this.changes.push(entry);
    return entry;
  }

  protected block(
    into: Json[],
    type: string,
    name: string,
    provider: string,
    expressions: Json,
    extra: Json = {},
  ): void {
    if (this.rarely(2)) return;
    into.push({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_config_key: provider,
      expressions,
      schema_version: 0,
      ...extra,
    });
  }

  protected abstract unit(i: number): void;
}
