/** Gets back, from a plan's JSON, the configuration and the state that it was made of. */

interface Expression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}

interface Module {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly address: string;
    readonly provider_config_key: string;
    readonly expressions?: Readonly<Record<string, Expression>>;
    readonly count_expression?: Expression;
    readonly for_each_expression?: Expression;
  }[];
  readonly module_calls?: Readonly<
    Record<string, { source: string; expressions: Readonly<Record<string, Expression>>; module: Module }>
  >;
  readonly outputs?: Readonly<Record<string, { expression: Expression }>>;
  readonly variables?: Readonly<Record<string, object>>;
}

export interface RealPlan {
  readonly configuration: {
    readonly provider_config: Readonly<
      Record<string, { alias?: string; expressions: Readonly<Record<string, Expression>> }>
    >;
    readonly root_module: Module;
  };
  readonly prior_state?: {
    readonly values: { readonly root_module: { readonly resources: readonly Record<string, unknown>[] } };
  };
  readonly resource_changes: readonly { readonly address: string; readonly change: Record<string, unknown> }[];
  readonly complete: boolean;
}

/** How a plan was asked for, where its JSON does not tell. */
export const ASKED: Readonly<Record<string, readonly string[]>> = {
  "target-only": ["-target=alicloud_vpc.v"],
};

/** Expressions that a plan's JSON does not tell, by address and attribute: their references leave it open. */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "for-each-one-bad": {
    "alicloud_eipanycast_anycast_eip_address.a.for_each": '${toset(["x", "y"])}',
    "alicloud_eipanycast_anycast_eip_address_attachment.t.for_each": '${toset(["x", "y"])}',
    "alicloud_eipanycast_anycast_eip_address_attachment.t.anycast_id":
      "${alicloud_eipanycast_anycast_eip_address.a[each.key].id}",
    "alicloud_eipanycast_anycast_eip_address_attachment.t.bind_instance_id":
      "${alicloud_slb_load_balancer.lb[each.key].id}",
  },
  "count-index-good": {
    "alicloud_slb_load_balancer.lb.address_type": '${count.index == 0 ? "intranet" : "internet"}',
    "alicloud_slb_load_balancer.lb.load_balancer_name": "lb${count.index}",
  },
};

/** The configuration as JSON files for terraform, by name. */
export function recoverConfiguration(name: string, plan: RealPlan): Record<string, string> {
  const providers = Object.values(plan.configuration.provider_config).map((one) => ({
    ...(one.alias === undefined ? {} : { alias: one.alias }),
    ...valuesOf(one.expressions),
  }));
  const files: Record<string, string> = {};
  writeModule("", name, plan.configuration.root_module, files, { provider: { alicloud: providers } });
  return files;
}

function writeModule(folder: string, name: string, module: Module, files: Record<string, string>, more: object): void {
  const resource: Record<string, Record<string, unknown>> = {};
  const written = WRITTEN[name] ?? {};
  for (const one of module.resources ?? []) {
    const body: Record<string, unknown> = valuesOf(one.expressions ?? {});
    if (one.count_expression !== undefined) body.count = one.count_expression.constant_value;
    if (one.for_each_expression !== undefined) body.for_each = one.for_each_expression.constant_value;
    if (one.provider_config_key.includes(".")) body.provider = one.provider_config_key;
    for (const [key, text] of Object.entries(written)) {
      if (key.startsWith(`${one.address}.`)) body[key.slice(one.address.length + 1)] = text;
    }
    (resource[one.type] ??= {})[one.name] = body;
  }
  const calls = Object.entries(module.module_calls ?? {});
  for (const [, call] of calls) writeModule(`${folder}${call.source}/`, name, call.module, files, {});
  const blocks = {
    ...more,
    resource,
    module: Object.fromEntries(
      calls.map(([key, call]) => [key, { source: call.source, ...valuesOf(call.expressions) }]),
    ),
    variable: Object.fromEntries(Object.keys(module.variables ?? {}).map((key) => [key, {}])),
    output: Object.fromEntries(
      Object.entries(module.outputs ?? {}).map(([key, one]) => [key, { value: valueOf(one.expression) }]),
    ),
  };
  files[`${folder}main.tf.json`] = JSON.stringify({
    terraform: { required_providers: { alicloud: { source: "aliyun/alicloud" } } },
    ...Object.fromEntries(Object.entries(blocks).filter(([, block]) => Object.keys(block as object).length > 0)),
  });
}

const valuesOf = (expressions: Readonly<Record<string, Expression>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(expressions).map(([key, one]) => [key, valueOf(one)]));

/** The first reference is the longest, i.e. what was written. */
const valueOf = (one: Expression): unknown =>
  one.references === undefined ? one.constant_value : `\${${one.references[0]}}`;

/** The state that the plan started from, as a state file; undefined when it started from nothing. */
export function recoverState(plan: RealPlan): string | undefined {
  const resources = plan.prior_state?.values.root_module.resources;
  if (resources === undefined) return undefined;
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "recovered",
    outputs: {},
    resources: resources.map((one) => ({
      mode: "managed",
      type: one.type,
      name: one.name,
      provider: 'provider["registry.terraform.io/aliyun/alicloud"]',
      instances: [{ schema_version: 0, attributes: one.values, dependencies: one.depends_on ?? [] }],
    })),
  });
}
