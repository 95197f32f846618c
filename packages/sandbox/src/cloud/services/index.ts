import type { Actions } from "../call";
import { API_VERSIONS } from "../contract";
import type { ImplementedAction, Product } from "../contract";
import { bssActions, locationActions, stsActions } from "./account";
import { anycastActions } from "./anycast";
import { diskActions } from "./disk";
import { ecsLookupActions } from "./ecs-lookup";
import { eipActions } from "./eip";
import { eniActions } from "./eni";
import { moveToGroup } from "./groups";
import { instanceChangeActions } from "./instance-change";
import { instancePowerActions } from "./instance-power";
import { runInstances } from "./instance-run";
import { instanceViewActions } from "./instance-view";
import { priceActions } from "./prices";
import { resourceManagerActions } from "./resource-manager";
import { securityGroupActions } from "./security-group";
import { slbActions } from "./slb";
import { aclActions } from "./slb-acl";
import { certificateActions } from "./slb-certificate";
import { listenerActions } from "./slb-listener";
import { pairActions } from "./slb-master-slave";
import { ruleActions } from "./slb-rule";
import { slbLookupActions } from "./slb-lookup";
import { serverActions } from "./slb-servers";
import { tagActions } from "./tags";
import { vpcActions } from "./vpc";
import { vswitchActions } from "./vswitch";

const networkKinds = { vpc: "vpc", vswitch: "vswitch", eip: "eip" } as const;

/** Every action that is simulated, by product. */
export const SERVICES: Readonly<Record<Product, Actions>> = {
  Vpc: {
    ...vpcActions,
    ...vswitchActions,
    ...eipActions,
    MoveResourceGroup: (call) => moveToGroup(call, networkKinds, "ResourceId", "NewResourceGroupId"),
    ...tagActions(networkKinds, "UnTagResources"),
  },
  Ecs: {
    ...securityGroupActions,
    RunInstances: runInstances,
    ...instanceViewActions,
    ...instancePowerActions,
    ...instanceChangeActions,
    ...diskActions,
    ...eniActions,
    ...ecsLookupActions,
    ...tagActions(
      { securitygroup: "security-group", instance: "instance", disk: "disk", eni: "network-interface" },
      "UntagResources",
    ),
  },
  Slb: {
    ...slbActions,
    ...listenerActions,
    ...serverActions,
    ...aclActions,
    ...certificateActions,
    ...pairActions,
    ...ruleActions,
    ...slbLookupActions,
    ...tagActions(
      {
        instance: "load-balancer",
        vservergroup: "server-group",
        acl: "acl",
        certificate: "server-certificate",
      },
      "UntagResources",
    ),
  },
  Eipanycast: { ...anycastActions, ...tagActions({ anycasteipaddress: "anycast-eip" }, "UntagResources") },
  ResourceManager: {
    ...resourceManagerActions,
    ...tagActions({ resourcegroup: "resource-group" }, "UntagResources", true),
  },
  Sts: stsActions,
  BssOpenApi: { ...bssActions, ...priceActions },
  Location: locationActions,
};

/** True for actions that change nothing. */
export const isRead = (action: string): boolean => /^(Describe|List|Get|Query)/.test(action);

/** Every action that is simulated, for documents and look-ups; sorted. */
export function implementedActions(): readonly ImplementedAction[] {
  return (Object.keys(SERVICES) as Product[]).sort().flatMap((product) =>
    Object.keys(SERVICES[product])
      .sort()
      .map((action) => ({ product, version: API_VERSIONS[product], action, read: isRead(action) })),
  );
}
