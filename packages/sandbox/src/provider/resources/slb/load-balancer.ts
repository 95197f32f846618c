import type { Body } from "../../../cloud/contract";
import { listAt, textAt } from "../../api/body";
import { changeTags, Operations, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";
import { loadBalancerChecks, loadBalancerSuppress } from "./load-balancer-rules";

const FILE = "resource_alicloud_slb_load_balancer";
const GONE = ["InvalidLoadBalancerId.NotFound"];

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Slb");

async function describe(context: OperationContext): Promise<Body | undefined> {
  return operations(context).attempt(
    "DescribeLoadBalancerAttribute",
    { LoadBalancerId: context.data.id },
    { gone: GONE },
  );
}

const payType = (type: string | undefined): string | undefined =>
  type === "PayAsYouGo" ? "PayOnDemand" : type === "Subscription" ? "PrePay" : type;

/** A subscription's length is counted in months up to nine, in years from then on. */
function duration(months: number): { Duration: number; PricingCycle: string } {
  return months > 9 ? { Duration: months / 12, PricingCycle: "year" } : { Duration: months, PricingCycle: "month" };
}

async function vpcOf(context: OperationContext, vswitchId: string): Promise<string> {
  const calls = new Operations(context, FILE, "Vpc");
  const body = await calls.send("DescribeVSwitchAttributes", { VSwitchId: vswitchId }, { id: vswitchId });
  return textAt(body, "VpcId");
}

async function create(context: OperationContext): Promise<void> {
  const { api, data } = context;
  const vswitchId = data.text("vswitch_id").trim();
  const paid = payType(data.given("payment_type"));
  const body = await operations(context).send(
    "CreateLoadBalancer",
    {
      Address: data.given("address"),
      AddressIPVersion: data.given("address_ip_version"),
      AddressType: data.given("address_type"),
      Bandwidth: data.given("bandwidth"),
      DeleteProtection: data.given("delete_protection"),
      InternetChargeType: data.given("internet_charge_type")?.toLowerCase(),
      LoadBalancerName: data.given("load_balancer_name") ?? data.given("name"),
      LoadBalancerSpec: data.given("load_balancer_spec") ?? data.given("specification"),
      MasterZoneId: data.given("master_zone_id"),
      SlaveZoneId: data.given("slave_zone_id"),
      ModificationProtectionReason: data.given("modification_protection_reason"),
      ModificationProtectionStatus: data.given("modification_protection_status"),
      PayType: paid,
      InstanceChargeType: data.given("instance_charge_type"),
      ...(paid === "PrePay" ? { ...duration(Number(data.given("period") ?? 1)), AutoPay: true } : {}),
      ResourceGroupId: data.given("resource_group_id"),
      ...(vswitchId === "" ? {} : { VpcId: await vpcOf(context, vswitchId), VSwitchId: vswitchId }),
    },
    {
      id: "alicloud_slb_load_balancer",
      token: true,
      limit: data.limit("create"),
    },
  );
  data.id = textAt(body, "LoadBalancerId");
  await api.wait(data.id, data.limit("create"), async () => (await describe(context))?.LoadBalancerStatus === "active");
  await changeParts(context);
}

/** What create and update do alike. */
async function changeParts(context: OperationContext): Promise<void> {
  const { data } = context;
  await changeTags(context, operations(context), "instance");
  if (data.changed("status") && data.given("status") !== undefined) {
    await operations(context).send("SetLoadBalancerStatus", {
      LoadBalancerId: data.id,
      LoadBalancerStatus: data.text("status"),
    });
  }
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  await changeParts(context);
  const changed = (...names: readonly string[]): string | undefined => {
    const name = names.find((one) => data.changed(one));
    return name === undefined ? undefined : data.text(name);
  };
  const send = async (
    action: string,
    request: Readonly<Record<string, string | number | boolean | undefined>>,
  ): Promise<void> => {
    if (Object.values(request).every((value) => value === undefined)) return;
    await operations(context).send(action, { LoadBalancerId: data.id, ...request }, { limit: data.limit("update") });
  };
  await send("SetLoadBalancerDeleteProtection", { DeleteProtection: changed("delete_protection") });
  await send("SetLoadBalancerName", { LoadBalancerName: changed("load_balancer_name", "name") });
  await send("ModifyLoadBalancerInstanceChargeType", chargeTypeChange(context));
  await send("ModifyLoadBalancerInstanceSpec", { LoadBalancerSpec: changed("load_balancer_spec", "specification") });
  if (data.anyChanged("modification_protection_status", "modification_protection_reason")) {
    await send("SetLoadBalancerModificationProtection", {
      ModificationProtectionStatus: data.text("modification_protection_status"),
      ModificationProtectionReason: changed("modification_protection_reason"),
    });
  }
  await send("ModifyLoadBalancerInternetSpec", {
    Bandwidth: changed("bandwidth"),
    InternetChargeType: changed("internet_charge_type"),
  });
  if (data.changed("payment_type")) {
    const paid = payType(data.given("payment_type"));
    const months = Number(data.given("period") ?? 1);
    await send("ModifyLoadBalancerPayType", {
      PayType: paid,
      ...(paid === "PrePay" ? { ...duration(months), AutoPay: true } : {}),
    });
  }
}

function chargeTypeChange({ data }: OperationContext): Readonly<Record<string, string | undefined>> {
  if (!data.changed("instance_charge_type")) return {};
  const type = data.text("instance_charge_type");
  return {
    InstanceChargeType: type,
    LoadBalancerSpec: type === "PayBySpec" ? data.given("load_balancer_spec") : undefined,
  };
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await describe(context);
  if (body === undefined) return data.vanish();
  data.set("address", body.Address);
  data.set("address_ip_version", body.AddressIPVersion);
  data.set("address_type", body.AddressType);
  data.set("bandwidth", body.Bandwidth);
  data.set("delete_protection", body.DeleteProtection);
  data.set("internet_charge_type", internetChargeType(textAt(body, "InternetChargeType")));
  data.set("load_balancer_name", body.LoadBalancerName);
  data.set("name", body.LoadBalancerName);
  data.set("load_balancer_spec", body.LoadBalancerSpec);
  data.set("specification", body.LoadBalancerSpec);
  data.set("master_zone_id", body.MasterZoneId);
  data.set("slave_zone_id", body.SlaveZoneId);
  data.set("modification_protection_reason", body.ModificationProtectionReason);
  data.set("modification_protection_status", body.ModificationProtectionStatus);
  data.set("payment_type", paymentType(textAt(body, "PayType")));
  data.set("instance_charge_type", body.InstanceChargeType);
  data.set("resource_group_id", body.ResourceGroupId);
  data.set("status", body.LoadBalancerStatus);
  data.set("vswitch_id", body.VSwitchId);
  const tags = await operations(context).send("ListTagResources", { ResourceType: "instance", ResourceId: [data.id] });
  data.set("tags", tagsOf(listAt(tags, "TagResources.TagResource")));
}

const internetChargeType = (text: string): string =>
  text === "paybybandwidth" ? "PayByBandwidth" : text === "paybytraffic" ? "PayByTraffic" : text;

const paymentType = (text: string): string =>
  text === "PayOnDemand" ? "PayAsYouGo" : text === "PrePay" ? "Subscription" : text;

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  // The cloud does not release what is paid for in advance: the real provider only forgets it.
  if (data.text("payment_type") === "Subscription") return;
  const limit = data.limit("delete");
  await operations(context).attempt("DeleteLoadBalancer", { LoadBalancerId: data.id }, { limit, gone: GONE });
  await api.wait(data.id, limit, async () => {
    return (await describe(context)) === undefined;
  });
}

export const loadBalancer: ResourceType = {
  file: FILE,
  checks: loadBalancerChecks,
  plan: { suppress: loadBalancerSuppress },
  create,
  read,
  update,
  delete: remove,
};
