import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { missing, notFound, quotaExceeded, refused } from "../errors";
import type { SecurityGroup } from "../model";
import { numberedPage } from "../paging";
import { changedText, defined, descriptionIn, isoTime, nameIn } from "./checks";
import { needed } from "./find";
import { groupFor, moveToGroup } from "./groups";
import { ruleActions } from "./security-group-rule";
import { checkTags, hasTags } from "./tags";

const name = (call: Call): string => nameIn(call, "SecurityGroupName", "ecs", "InvalidSecurityGroupName.Malformed");
const description = (call: Call): string => descriptionIn(call, "InvalidSecurityGroupDiscription.Malformed");

function create(call: Call): Body {
  const region = call.needRegion().id;
  const { params } = call;
  const vpcId = params.text("VpcId");
  // There is no classic network any more: without a VPC it is the default one's.
  const vpc = vpcId === undefined ? call.list("vpc").find((one) => one.isDefault) : call.find("vpc", vpcId);
  if (vpc === undefined && vpcId === undefined) throw missing("VpcId");
  if (vpc === undefined) throw notFound("InvalidVpcId.NotFound", "The specified VPC does not exist.");
  if (call.statusOf(vpc) !== "Available")
    throw refused("IncorrectVpcStatus", "Current VPC status does not support this operation.");
  const limit = call.settings.quotas.securityGroups;
  if (call.countBy("security-group", "region", region) >= limit)
    throw quotaExceeded("QuotaExceed.SecurityGroup", "security groups per region", limit);
  const group: SecurityGroup = {
    id: call.ids.make("sg", region, 17),
    region,
    created: call.now,
    group: groupFor(call),
    tags: checkTags(params.tags()),
    vpc: vpc.id,
    name: name(call),
    description: description(call),
    type: params.oneOf("SecurityGroupType", ["normal", "enterprise"], "InvalidSecurityGroupType") ?? "normal",
    innerAccess: params.text("SecurityGroupType") === "enterprise" ? "Drop" : "Accept",
    rules: [],
  };
  call.put("security-group", group);
  return { SecurityGroupId: group.id };
}

function describe(call: Call): Body {
  const { params } = call;
  const id = params.text("SecurityGroupId");
  const ids = params.jsonList("SecurityGroupIds");
  const vpc = params.text("VpcId");
  const tags = params.tags();
  const base =
    id !== undefined ? [call.find("security-group", id)].flatMap((one) => one ?? []) : call.list("security-group");
  const found = base
    .filter((group) => ids === undefined || ids.includes(group.id))
    .filter((group) => vpc === undefined || group.vpc === vpc)
    .filter((group) => (params.text("SecurityGroupName") ?? group.name) === group.name)
    .filter((group) => (params.text("SecurityGroupType") ?? group.type) === group.type)
    .filter((group) => (params.text("ResourceGroupId") ?? group.group) === group.group)
    .filter((group) => hasTags(group.tags, tags));
  const page = numberedPage(call, found, 10, 100);
  const rows = page.items.map((group) => ({
    SecurityGroupId: group.id,
    SecurityGroupName: group.name,
    Description: group.description,
    SecurityGroupType: group.type,
    VpcId: group.vpc,
    CreationTime: isoTime(group.created),
    ResourceGroupId: group.group,
    EcsCount: call.countBy("instance", "group", group.id),
    AvailableInstanceAmount: 2000,
    RuleCount: group.rules.length,
    ServiceManaged: false,
    Tags: {
      Tag: Object.entries(group.tags).map(([key, value]) => ({ TagKey: key, TagValue: value, Key: key, Value: value })),
    },
  }));
  return { ...page.numbers, NextToken: "", RegionId: call.region, SecurityGroups: { SecurityGroup: rows } };
}

function modify(call: Call): Body {
  const group = needed(call, "security-group");
  call.update(
    "security-group",
    group,
    defined<Pick<SecurityGroup, "name" | "description">>({
      name: changedText(call, "SecurityGroupName", () => name(call)),
      description: changedText(call, "Description", () => description(call)),
    }),
  );
  return {};
}

function modifyPolicy(call: Call): Body {
  const group = needed(call, "security-group");
  const asked = call.params.need("InnerAccessPolicy").toLowerCase();
  if (asked !== "accept" && asked !== "drop")
    throw refused("InvalidInnerAccessPolicy", `The InnerAccessPolicy must be Accept or Drop, not ${asked}.`);
  if (group.type === "enterprise")
    throw refused("InvalidOperation.EnterpriseSecurityGroup", "Advanced security groups have no inner access policy.");
  call.update("security-group", group, { innerAccess: asked === "accept" ? "Accept" : "Drop" });
  return {};
}

function remove(call: Call): Body {
  const group = needed(call, "security-group");
  if (call.countBy("instance", "group", group.id) > 0 || call.countBy("network-interface", "group", group.id) > 0)
    throw refused("DependencyViolation", "There is still instance(s) in the specified security group.");
  if (call.by("security-group", "references", group.id).some((other) => other.id !== group.id))
    throw refused("DependencyViolation.SecurityGroup", "A rule of another security group refers to this one.");
  call.remove("security-group", group.id);
  return {};
}

export const securityGroupActions: Actions = {
  CreateSecurityGroup: create,
  DescribeSecurityGroups: describe,
  ModifySecurityGroupAttribute: modify,
  ModifySecurityGroupPolicy: modifyPolicy,
  DeleteSecurityGroup: remove,
  JoinResourceGroup: (call) =>
    moveToGroup(
      call,
      { securitygroup: "security-group", instance: "instance", disk: "disk", eni: "network-interface" },
      "ResourceId",
      "ResourceGroupId",
    ),
  ...ruleActions,
};
