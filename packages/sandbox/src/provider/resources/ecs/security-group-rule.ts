import { shortIpv6 } from "../../../cloud/cidr";
import type { Body } from "../../../cloud/contract";
import { ProviderError } from "../../api/errors";
import { listAt, textAt } from "../../api/body";
import { between, oneOf } from "../../validate/rules";
import { Operations } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_security_group_rule";
const ALL_PORTS = "-1/-1";
/** What the real provider's id holds where the network type was not given. */
const NO_NIC = "<nil>";
const DELETE_LIMIT = 300_000;

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Ecs");

/** The parts of an id; ids of old versions end before policy and priority. */
interface RuleId {
  readonly group: string;
  readonly type: string;
  readonly protocol: string;
  readonly ports: string;
  readonly nic: string;
  readonly target: string;
  readonly policy: string;
  readonly priority: string;
}

function parseId(context: OperationContext): RuleId {
  const { data } = context;
  const [group = "", type = "", protocol = "", ports = "", nic = "", target = "", policy, priority] =
    data.id.split(":");
  return {
    group,
    type,
    protocol,
    ports,
    nic,
    target: shortIpv6(target.replaceAll("_", ":")),
    policy: policy ?? (data.text("policy") || "accept"),
    priority: priority ?? (data.text("priority") || "1"),
  };
}

/** `Source…` for rules that let in, `Dest…` for rules that let out. */
const side = (type: string): "Source" | "Dest" => (type === "ingress" ? "Source" : "Dest");

function permission(context: OperationContext): Record<string, string | undefined> {
  const { data } = context;
  const end = side(data.text("type"));
  return {
    IpProtocol: data.text("ip_protocol"),
    PortRange: data.given("port_range") ?? ALL_PORTS,
    Policy: data.given("policy"),
    Priority: data.given("priority"),
    NicType: data.given("nic_type"),
    Description: data.given("description"),
    [`${end}CidrIp`]: data.given("cidr_ip"),
    [`Ipv6${end}CidrIp`]: data.given("ipv6_cidr_ip"),
    [`${end}GroupId`]: data.given("source_security_group_id"),
    [`${end}GroupOwnerAccount`]: data.given("source_group_owner_account"),
    [`${end}GroupOwnerId`]: data.given("source_group_owner_id"),
    [`${end}PrefixListId`]: data.given("prefix_list_id"),
  };
}

/** Rules between attributes that the real provider, too, looks at only when it applies. */
function checkPorts(protocol: string, ports: string): void {
  const needsPorts = protocol === "tcp" || protocol === "udp";
  if (needsPorts && ports === ALL_PORTS) {
    throw new ProviderError(`'tcp' and 'udp' can support port range: [1, 65535]. Please correct it and try again.`);
  }
  if (!needsPorts && ports !== ALL_PORTS) {
    throw new ProviderError(
      `'icmp', 'gre' and 'all' only support port range '-1/-1'. Please correct it and try again.`,
    );
  }
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const wanted = permission(context);
  checkPorts(wanted.IpProtocol as string, wanted.PortRange as string);
  const group = data.text("security_group_id");
  const action = data.text("type") === "ingress" ? "AuthorizeSecurityGroup" : "AuthorizeSecurityGroupEgress";
  await operations(context).send("DescribeSecurityGroupAttribute", { SecurityGroupId: group }, { id: group });
  await operations(context).send(
    action,
    { SecurityGroupId: group, Permissions: [wanted] },
    { id: "alicloud_security_group_rule", limit: data.limit("create") },
  );
  const target =
    data.given("source_security_group_id") ??
    data.given("ipv6_cidr_ip")?.replaceAll(":", "_") ??
    data.given("cidr_ip") ??
    data.text("prefix_list_id");
  data.id = [
    group,
    data.text("type"),
    wanted.IpProtocol,
    wanted.PortRange,
    wanted.NicType ?? NO_NIC,
    target,
    wanted.Policy ?? "accept",
    wanted.Priority ?? "1",
  ].join(":");
}

async function describe(context: OperationContext): Promise<Body | undefined> {
  const id = parseId(context);
  const end = side(id.type);
  const body = await operations(context).attempt(
    "DescribeSecurityGroupAttribute",
    { SecurityGroupId: id.group, Direction: id.type, NicType: id.nic },
    { gone: ["InvalidSecurityGroupId.NotFound"], place: "rule" },
  );
  return listAt(body, "Permissions.Permission").find((rule) => {
    const target =
      [`${end}CidrIp`, `${end}GroupId`, `Ipv6${end}CidrIp`, `${end}PrefixListId`]
        .map((name) => textAt(rule, name))
        .find((one) => one !== "") ?? "";
    return (
      textAt(rule, "IpProtocol").toLowerCase() === id.protocol &&
      textAt(rule, "PortRange") === id.ports &&
      textAt(rule, "Policy").toLowerCase() === id.policy &&
      textAt(rule, "Priority") === id.priority &&
      target === id.target
    );
  });
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const rule = await describe(context);
  if (rule === undefined) return data.vanish();
  const id = parseId(context);
  const end = side(id.type);
  data.set("type", textAt(rule, "Direction") || id.type);
  data.set("ip_protocol", textAt(rule, "IpProtocol").toLowerCase());
  data.set("nic_type", rule.NicType);
  data.set("policy", textAt(rule, "Policy").toLowerCase());
  data.set("port_range", rule.PortRange);
  data.set("description", rule.Description);
  data.set("security_group_rule_id", rule.SecurityGroupRuleId);
  data.set("priority", Number(textAt(rule, "Priority")));
  data.set("security_group_id", id.group);
  data.set("cidr_ip", rule[`${end}CidrIp`]);
  data.set("ipv6_cidr_ip", rule[`Ipv6${end}CidrIp`]);
  data.set("source_security_group_id", rule[`${end}GroupId`]);
  data.set("source_group_owner_id", rule[`${end}GroupOwnerAccount`]);
  data.set("prefix_list_id", rule[`${end}PrefixListId`]);
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  const action = data.text("type") === "ingress" ? "ModifySecurityGroupRule" : "ModifySecurityGroupEgressRule";
  const request = {
    SecurityGroupId: data.text("security_group_id"),
    ...permission(context),
    Description: data.text("description"),
  };
  // The real provider sends it twice in a row, and uses only the result of the second one.
  await operations(context)
    .send(action, request)
    .catch(() => undefined);
  await operations(context).send(action, request);
}

async function remove(context: OperationContext): Promise<void> {
  const { data } = context;
  const action = data.text("type") === "ingress" ? "RevokeSecurityGroup" : "RevokeSecurityGroupEgress";
  await operations(context).attempt(
    action,
    {
      SecurityGroupId: data.text("security_group_id"),
      ...permission(context),
      Description: data.text("description"),
    },
    { limit: DELETE_LIMIT, gone: ["InvalidSecurityGroupId.NotFound"] },
  );
}

export const securityGroupRule: ResourceType = {
  file: FILE,
  checks: {
    type: oneOf("ingress", "egress"),
    ip_protocol: oneOf("tcp", "udp", "icmp", "icmpv6", "gre", "all"),
    policy: oneOf("accept", "drop"),
    priority: between(1, 100),
    nic_type: oneOf("internet", "intranet"),
  },
  plan: {
    suppress: {
      port_range: (look, _old, next) =>
        ["tcp", "udp"].includes(look.text("ip_protocol")) ? next === ALL_PORTS : next !== ALL_PORTS,
      prefix_list_id: (look) =>
        ["cidr_ip", "ipv6_cidr_ip", "source_security_group_id"].some((name) => look.known(name) !== undefined),
      // Written long or short, it is the same network.
      ipv6_cidr_ip: (_look, old, next) => old !== "" && old === shortIpv6(next),
    },
  },
  create,
  read,
  update,
  delete: remove,
};
