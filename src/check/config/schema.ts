/** Region id, as Alibaba Cloud writes them. */
const REGION = {
  type: "string",
  pattern: "^[a-z]{2,}(-[a-z0-9]+)+$",
  patternRule: "a region id such as ap-southeast-1",
};
const DATE = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", patternRule: "a date such as 2026-12-31" };
const TIME = { type: "string", pattern: "^([01]\\d|2[0-3]):[0-5]\\d$", patternRule: "a time such as 22:00" };
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * JSON Schema of anycast.yaml, published as docs/schemas/anycast.schema.json for editors.
 * @param rules ids of the rules, and of those that may not be lowered
 */
export function configSchema(rules: readonly string[], locked: readonly string[]): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "anycast.schema.json",
    title: "anycast.yaml",
    description: "Settings of the policy gate of one project.",
    type: "object",
    additionalProperties: false,
    properties: {
      version: { enum: [1], description: "Version of this format." },
      regions: {
        description:
          "Regions a binding may name: quick_start (three regions, the default), current (today's documented list), or a list of region ids.",
        choiceRule: "quick_start, current, or a list of region ids such as [ap-southeast-1]",
        anyOf: [
          { type: "string", enum: ["quick_start", "current"] },
          { type: "array", minItems: 1, uniqueItems: true, items: REGION },
        ],
      },
      levels: {
        description: `Level per rule. These rules cannot be lowered, only waived: ${locked.join(", ")}.`,
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map((id) => [id, { type: "string", enum: locked.includes(id) ? ["deny"] : ["deny", "warn", "off"] }]),
        ),
      },
      network_interfaces: {
        type: "boolean",
        description: "Whether a binding may bind a network interface instead of a CLB. Default: false.",
      },
      bandwidth: {
        description: "Narrower range of an address's peak bandwidth.",
        type: "object",
        additionalProperties: false,
        properties: {
          min: { type: "integer", minimum: 1, maximum: 100000, description: "Mbit/s" },
          max: { type: "integer", minimum: 1, maximum: 100000, description: "Mbit/s" },
        },
      },
      windows: {
        description: "Change windows: changes that may interrupt the service are denied outside all of them.",
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          additionalProperties: false,
          required: ["from", "to", "time_zone"],
          properties: {
            days: {
              type: "array",
              minItems: 1,
              uniqueItems: true,
              items: { type: "string", enum: DAYS },
              description: "Days on which the window opens. Default: every day.",
            },
            from: { ...TIME, description: "Local time at which it opens." },
            to: { ...TIME, description: "Local time at which it closes; before `from` it is on the next day." },
            time_zone: { type: "string", minLength: 1, description: "IANA time zone, such as Asia/Singapore." },
          },
        },
      },
      waivers: {
        description: "Findings accepted for a time. They stay visible.",
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["rule", "address", "reason", "owner", "expires"],
          properties: {
            rule: { type: "string", enum: rules, description: "Rule id." },
            address: { type: "string", minLength: 1, description: "Exact Terraform address of the finding." },
            reason: { type: "string", minLength: 1 },
            owner: { type: "string", minLength: 1, description: "Who answers for it." },
            expires: { ...DATE, description: "Last day on which it holds, in UTC." },
          },
        },
      },
      acknowledgements: {
        description: `Rules whose findings an acknowledgement at a construct lifts: none (the default), all, or a list of rule ids. Never those that cannot be lowered: ${locked.join(", ")}.`,
        choiceRule: "none, all, or a list of rule ids that may be lowered, such as [clb/charge-type]",
        anyOf: [
          { type: "string", enum: ["none", "all"] },
          {
            type: "array",
            minItems: 1,
            uniqueItems: true,
            items: { type: "string", enum: rules.filter((id) => !locked.includes(id)) },
          },
        ],
      },
    },
  };
}
