/**
 * Actions that know `DryRun`: with it they check everything, change nothing, and answer `DryRunOperation` where they
 * would have done it.
 */
export const DRY_RUN: ReadonlySet<string> = new Set([
  "Vpc.CreateVpc",
  "Vpc.DeleteVpc",
  "Vpc.DescribeEipAddresses",
  "Vpc.DescribeVpcAttribute",
  "Vpc.DescribeVpcs",
  "Vpc.DescribeVSwitches",
  "Ecs.DeleteInstance",
  "Ecs.DescribeDisks",
  "Ecs.DescribeImages",
  "Ecs.DescribeInstances",
  "Ecs.DescribeSecurityGroups",
  "Ecs.ModifyDiskSpec",
  "Ecs.ModifyInstanceChargeType",
  "Ecs.ModifyInstanceSpec",
  "Ecs.RebootInstance",
  "Ecs.RunInstances",
  "Ecs.StartInstance",
  "Ecs.StopInstance",
  "Eipanycast.AssociateAnycastEipAddress",
  "Eipanycast.UpdateAnycastEipAddressAssociations",
  "Eipanycast.UnassociateAnycastEipAddress",
]);
