type Bodies = Readonly<Record<string, unknown>>;

/**
 * A configuration in JSON, written in terraform's own language: of one in JSON the plan does not tell the references.
 * @param version of the provider, for the root module
 */
export function hclOf(text: string, version: string | undefined): string {
  const { terraform, provider, resource, module, variable, output } = JSON.parse(text) as {
    readonly [name: string]: Bodies;
  };
  const { alicloud } = (terraform as { required_providers: { alicloud: Bodies } }).required_providers;
  const needed = attributes({ alicloud: { ...alicloud, version } });
  const lines = [`terraform {\n  required_providers {\n${needed}  }\n}`];
  for (const [name, bodies] of Object.entries(provider ?? {}))
    lines.push(...(bodies as Bodies[]).map((body) => block(["provider", name], body)));
  for (const [type, named] of Object.entries(resource ?? {}))
    lines.push(
      ...Object.entries(named as Bodies).map(([name, body]) => block(["resource", type, name], body as Bodies)),
    );
  for (const [kind, named] of Object.entries({ module, variable, output }))
    lines.push(...Object.entries(named ?? {}).map(([name, body]) => block([kind, name], body as Bodies)));
  return `${lines.join("\n")}\n`;
}

const block = ([kind, ...labels]: readonly string[], body: Bodies): string =>
  `${kind} ${labels.map((label) => JSON.stringify(label)).join(" ")} {\n${attributes(body)}}`;

const attributes = (body: Bodies): string =>
  Object.entries(body)
    .map(([name, value]) => `${name} = ${name === "provider" ? String(value) : expression(value)}\n`)
    .join("");

function expression(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return /^\$\{([^]*)\}$/.exec(value)?.[1] ?? JSON.stringify(value);
}
