import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { isIpv4, isIpv6, shortIpv6 } from "../cidr";
import { invalid, missing, notFound, quotaExceeded, refused } from "../errors";
import type { Rule, SecurityGroup } from "../model";
import { isoTime } from "./checks";
import { needed } from "./find";

const PROTOCOLS = ["tcp", "udp", "icmp", "icmpv6", "gre", "all"] as const;
/** Rules per group. */
const MAX_RULES = 200;

type Direction = Rule["direction"];
type Fields = Readonly<Record<string, string | undefined>>;

/** What the parameters call the other end of each direction. */
const OTHER = { ingress: "Source", egress: "Dest" } as const;

/** A rule as the parameters describe it. @throws CloudError */
function ruleIn(call: Call, direction: Direction, fields: Fields, nicOf: SecurityGroup): Rule {
  const text = (name: string): string => fields[name] ?? "";
  const other = OTHER[direction];
  const protocol = text("IpProtocol").toLowerCase();
  if (protocol === "") throw missing("IpProtocol");
  if (!(PROTOCOLS as readonly string[]).includes(protocol))
    throw invalid(
      "IpProtocol",
      `expected one of ${PROTOCOLS.join(", ")}, got "${protocol}".`,
      "InvalidIpProtocol.Malformed",
    );
  const policy = text("Policy").toLowerCase() || "accept";
  if (policy !== "accept" && policy !== "drop")
    throw invalid("Policy", `expected accept or drop, got "${policy}".`, "InvalidPolicy.Malformed");
  const priority = Number(text("Priority") || "1");
  if (!Number.isInteger(priority) || priority < 1 || priority > 100)
    throw invalid("Priority", "expected a whole number from 1 to 100.", "InvalidPriority.Malformed");
  const rule: Rule = {
    id: call.ids.make("sgr", nicOf.region, 17),
    direction,
    protocol,
    portRange: checkPorts(protocol, text("PortRange")),
    policy,
    priority,
    // The real provider sends the text "<nil>" when nothing is configured.
    nicType: ["", "<nil>"].includes(text("NicType")) ? (nicOf.vpc === "" ? "internet" : "intranet") : text("NicType"),
    description: text("Description"),
    cidr: text(`${other}CidrIp`),
    // Kept in the short form: by that clients look for the rule afterwards.
    ipv6Cidr: shortIpv6(text(`Ipv6${other}CidrIp`)),
    groupId: text(`${other}GroupId`),
    groupOwner: text(`${other}GroupOwnerAccount`) || text(`${other}GroupOwnerId`),
    prefixList: text(`${other}PrefixListId`),
    created: call.now,
  };
  checkBlock(`${other}CidrIp`, rule.cidr, isIpv4);
  checkBlock(`Ipv6${other}CidrIp`, rule.ipv6Cidr, isIpv6);
  if (rule.cidr === "" && rule.ipv6Cidr === "" && rule.groupId === "" && rule.prefixList === "")
    throw missing(`${other}CidrIp`);
  if (nicOf.vpc !== "" && rule.nicType !== "intranet")
    throw invalid("NicType", "only intranet is possible in a VPC.", "InvalidNicType.Mismatch");
  if (rule.groupId !== "" && rule.groupOwner === "" && call.find("security-group", rule.groupId) === undefined)
    throw notFound(`Invalid${other}GroupId.NotFound`, `The specified ${other}GroupId does not exist.`);
  return rule;
}

/** An address or a block of them, host bits and all. */
function checkBlock(parameter: string, text: string, isBlock: (text: string) => boolean): void {
  if (text !== "" && !isBlock(text))
    throw invalid(
      parameter,
      `"${text}" is neither an address nor a block of addresses.`,
      `Invalid${parameter}.Malformed`,
    );
}

function checkPorts(protocol: string, range: string): string {
  const [, from, to] = /^(-?\d+)\/(-?\d+)$/.exec(range) ?? [];
  const ports = protocol === "tcp" || protocol === "udp";
  const fits = ports
    ? Number(from) >= 1 && Number(to) <= 65535 && Number(from) <= Number(to)
    : from === "-1" && to === "-1";
  if (!fits)
    throw invalid(
      "PortRange",
      `"${range}" does not fit the protocol ${protocol}; ${ports ? "use 1/65535" : "use -1/-1"}.`,
      "InvalidIpPortRange.Malformed",
    );
  return range;
}

/** What makes two rules the same one. */
const sameAs =
  (a: Rule) =>
  (b: Rule): boolean =>
    (
      ["direction", "protocol", "portRange", "policy", "priority", "cidr", "ipv6Cidr", "groupId", "prefixList"] as const
    ).every((field) => a[field] === b[field]);

/** Rules asked for as `Permissions.N.…`, or flat. */
function asked(call: Call): Fields[] {
  const structs = call.params.structs("Permissions");
  return structs.length > 0 ? structs : [call.raw];
}

const authorize =
  (direction: Direction) =>
  (call: Call): Body => {
    const group = needed(call, "security-group");
    const rules = [...group.rules];
    for (const fields of asked(call)) {
      const rule = ruleIn(call, direction, fields, group);
      // Authorizing a rule that exists changes nothing and is no error.
      if (!rules.some(sameAs(rule))) rules.push(rule);
    }
    if (rules.length > MAX_RULES)
      throw quotaExceeded("AuthorizationLimitExceed", "rules per security group", MAX_RULES);
    call.update("security-group", group, { rules });
    return {};
  };

const revoke =
  (direction: Direction) =>
  (call: Call): Body => {
    const group = needed(call, "security-group");
    const ids = call.params.list("SecurityGroupRuleId");
    const gone = ids.length > 0 ? [] : asked(call).map((fields) => sameAs(ruleIn(call, direction, fields, group)));
    const rules = group.rules.filter(
      (rule) => !(rule.direction === direction && (ids.includes(rule.id) || gone.some((same) => same(rule)))),
    );
    call.update("security-group", group, { rules });
    return {};
  };

const modify =
  (direction: Direction) =>
  (call: Call): Body => {
    const group = needed(call, "security-group");
    const id = call.params.text("SecurityGroupRuleId");
    const changed = id === undefined ? ruleIn(call, direction, call.raw, group) : undefined;
    const old = group.rules.find((rule) => (changed === undefined ? rule.id === id : sameAs(changed)(rule)));
    if (old === undefined)
      throw notFound("InvalidSecurityGroupRule.RuleNotExist", "The specified rule does not exist in the group.");
    const description = call.params.raw("Description") ?? old.description;
    if (description.length > 512)
      throw refused("InvalidSecurityGroupRuleDescription.Malformed", "The description is too long.");
    call.update("security-group", group, {
      rules: group.rules.map((rule) => (rule.id === old.id ? { ...rule, description } : rule)),
    });
    return {};
  };

function describeAttribute(call: Call): Body {
  const group = needed(call, "security-group");
  const direction = call.params.text("Direction")?.toLowerCase() ?? "all";
  const nicType = call.params.text("NicType");
  const rules = group.rules
    .filter((rule) => direction === "all" || rule.direction === direction)
    .filter((rule) => nicType === undefined || nicType === "<nil>" || rule.nicType === nicType);
  return {
    RegionId: group.region,
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    InnerAccessPolicy: group.innerAccess,
    VpcId: group.vpc,
    NextToken: "",
    Permissions: { Permission: rules.map(view) },
  };
}

function view(rule: Rule): Body {
  const ingress = rule.direction === "ingress";
  const ends = (value: string): readonly [string, string] => (ingress ? [value, ""] : ["", value]);
  const [sourceCidr, destCidr] = ends(rule.cidr);
  const [sourceV6, destV6] = ends(rule.ipv6Cidr);
  const [sourceGroup, destGroup] = ends(rule.groupId);
  const [sourceOwner, destOwner] = ends(rule.groupOwner);
  const [sourceList, destList] = ends(rule.prefixList);
  return {
    SecurityGroupRuleId: rule.id,
    Direction: rule.direction,
    IpProtocol: rule.protocol.toUpperCase(),
    PortRange: rule.portRange,
    SourcePortRange: "",
    Policy: rule.policy === "accept" ? "Accept" : "Drop",
    Priority: String(rule.priority),
    NicType: rule.nicType,
    Description: rule.description,
    SourceCidrIp: sourceCidr,
    DestCidrIp: destCidr,
    Ipv6SourceCidrIp: sourceV6,
    Ipv6DestCidrIp: destV6,
    SourceGroupId: sourceGroup,
    DestGroupId: destGroup,
    SourceGroupName: "",
    DestGroupName: "",
    SourceGroupOwnerAccount: sourceOwner,
    DestGroupOwnerAccount: destOwner,
    SourcePrefixListId: sourceList,
    DestPrefixListId: destList,
    CreateTime: isoTime(rule.created),
  };
}

export const ruleActions: Actions = {
  AuthorizeSecurityGroup: authorize("ingress"),
  AuthorizeSecurityGroupEgress: authorize("egress"),
  RevokeSecurityGroup: revoke("ingress"),
  RevokeSecurityGroupEgress: revoke("egress"),
  ModifySecurityGroupRule: modify("ingress"),
  ModifySecurityGroupEgressRule: modify("egress"),
  DescribeSecurityGroupAttribute: describeAttribute,
};
