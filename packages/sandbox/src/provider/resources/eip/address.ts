import type { Body } from "../../../cloud/contract";
import { listAt, textAt, textsAt } from "../../api/body";
import { oneOf } from "../../validate/rules";
import { changeTags, Operations, tagsOf } from "../operation";
import type { OperationContext, ResourceType } from "../type";

const FILE = "resource_alicloud_eip_address";

const operations = (context: OperationContext): Operations => new Operations(context, FILE, "Vpc");

/** The address as the cloud shows it; an empty list means that it does not exist. */
export async function describeEip(calls: Operations, allocationId: string): Promise<Body | undefined> {
  const body = await calls.attempt("DescribeEipAddresses", { AllocationId: allocationId }, { gone: [] });
  return listAt(body, "EipAddresses.EipAddress")[0];
}

async function settle(context: OperationContext, operation: "create" | "update"): Promise<void> {
  const { api, data } = context;
  await api.wait(data.id, data.limit(operation), async () =>
    ["Available", "InUse"].includes(textAt(await describeEip(operations(context), data.id), "Status")),
  );
}

const CHARGE_TYPES: Readonly<Record<string, string>> = { Subscription: "PrePaid", PayAsYouGo: "PostPaid" };

/** What a subscription sends along: its length, and that it is paid at once. */
function subscription({ data }: OperationContext): Record<string, string | number | boolean> {
  const months = Number(data.given("period") ?? 1);
  const auto = data.get("auto_pay");
  return {
    Period: months > 9 ? months / 12 : months,
    PricingCycle: data.given("pricing_cycle") ?? (months > 9 ? "Year" : "Month"),
    AutoPay: auto === null ? true : auto === true,
  };
}

async function create(context: OperationContext): Promise<void> {
  const { data } = context;
  const payment = data.given("payment_type") ?? data.given("instance_charge_type");
  const charge = payment === undefined ? undefined : (CHARGE_TYPES[payment] ?? payment);
  const body = await operations(context).send(
    "AllocateEipAddress",
    {
      InstanceId: data.text("allocation_id"),
      Bandwidth: data.given("bandwidth"),
      ResourceGroupId: data.given("resource_group_id"),
      IpAddress: data.given("ip_address"),
      Description: data.given("description"),
      Name: data.given("address_name") ?? data.given("name"),
      Netmode: data.given("netmode"),
      SecurityProtectionTypes: data.texts("security_protection_types"),
      ISP: data.given("isp"),
      Period: data.given("period"),
      ActivityId: data.given("activity_id"),
      AutoPay: data.stated("auto_pay"),
      PricingCycle: data.given("pricing_cycle"),
      PublicIpAddressPoolId: data.given("public_ip_address_pool_id"),
      InstanceChargeType: charge,
      Zone: data.given("zone"),
      InternetChargeType: data.given("internet_charge_type"),
      ...(charge === "PrePaid" ? subscription(context) : {}),
    },
    { id: "alicloud_eip_address", token: true, limit: data.limit("create") },
  );
  data.id = textAt(body, "AllocationId");
  await settle(context, "create");
  await changeParts(context);
}

async function update(context: OperationContext): Promise<void> {
  const { data } = context;
  if (data.anyChanged("bandwidth", "description", "name", "address_name")) {
    const changed = (name: string): string | undefined => (data.changed(name) ? data.text(name) : undefined);
    await operations(context).send(
      "ModifyEipAddressAttribute",
      {
        AllocationId: data.id,
        Bandwidth: changed("bandwidth"),
        Description: changed("description"),
        Name: changed("address_name") ?? changed("name"),
      },
      {
        limit: data.limit("update"),
      },
    );
    await settle(context, "update");
  }
  if (data.changed("resource_group_id") && data.given("resource_group_id") !== undefined) {
    await operations(context).send("MoveResourceGroup", {
      ResourceId: data.id,
      NewResourceGroupId: data.text("resource_group_id"),
      ResourceType: "EIP",
    });
  }
  await changeParts(context);
}

/** What create and update do alike. */
async function changeParts(context: OperationContext): Promise<void> {
  const { data } = context;
  const calls = operations(context);
  const logs = ["log_project", "log_store", "high_definition_monitor_log_status"];
  if (logs.some((name) => data.get(name) !== null && data.changed(name))) {
    await calls.send("SetHighDefinitionMonitorLogStatus", {
      InstanceId: data.id,
      InstanceType: "EIP",
      LogProject: data.given("log_project"),
      LogStore: data.given("log_store"),
      Status: data.given("high_definition_monitor_log_status"),
    });
  }
  if (data.get("deletion_protection") !== null && data.changed("deletion_protection")) {
    await calls.send(
      "DeletionProtection",
      { InstanceId: data.id, Type: "EIP", ProtectionEnable: data.text("deletion_protection") },
      { token: true },
    );
  }
  if (data.given("mode") !== undefined && data.changed("mode")) {
    await calls.send("ModifyEipForwardMode", { InstanceId: data.id, Mode: data.text("mode") }, { token: true });
  }
  await changeTags(context, calls, "EIP", "UnTagResources");
}

async function read(context: OperationContext): Promise<void> {
  const { data } = context;
  const eip = await describeEip(operations(context), data.id);
  if (eip === undefined) return data.vanish();
  data.setIfGiven("address_name", eip.Name);
  data.setIfGiven("bandwidth", eip.EipBandwidth ?? eip.Bandwidth);
  data.setIfGiven("create_time", eip.AllocationTime);
  data.setIfGiven("deletion_protection", eip.DeletionProtection);
  data.setIfGiven("description", eip.Description);
  data.setIfGiven("high_definition_monitor_log_status", eip.HDMonitorStatus);
  data.setIfGiven("internet_charge_type", eip.InternetChargeType);
  data.setIfGiven("ip_address", eip.IpAddress);
  data.setIfGiven("isp", eip.ISP);
  data.setIfGiven("mode", eip.Mode);
  data.setIfGiven("netmode", eip.Netmode);
  data.setIfGiven("payment_type", eip.ChargeType === "PrePaid" ? "Subscription" : "PayAsYouGo");
  data.setIfGiven("public_ip_address_pool_id", eip.PublicIpAddressPoolId);
  data.setIfGiven("resource_group_id", eip.ResourceGroupId);
  data.setIfGiven("status", eip.Status);
  data.setIfGiven("zone", eip.Zone);
  data.set("security_protection_types", textsAt(eip, "SecurityProtectionTypes.SecurityProtectionType"));
  data.set("tags", tagsOf(listAt(eip, "Tags.Tag")));
  if (eip.HDMonitorStatus === "ON") {
    const log = await operations(context).send("DescribeHighDefinitionMonitorLogAttribute", { InstanceId: data.id });
    data.setIfGiven("log_project", log.LogProject);
    data.setIfGiven("log_store", log.LogStore);
  }
  data.set("allocation_id", data.id);
  data.set("name", data.get("address_name"));
  data.set("instance_charge_type", eip.ChargeType);
}

async function remove(context: OperationContext): Promise<void> {
  const { api, data } = context;
  // What is paid for in advance is not released: the real provider only forgets it.
  if (data.text("payment_type") === "Subscription") return;
  const limit = data.limit("delete");
  await operations(context).send("ReleaseEipAddress", { AllocationId: data.id }, { limit });
  await api.wait(data.id, limit, async () => (await describeEip(operations(context), data.id)) === undefined);
}

const PAYMENT = oneOf("Subscription", "PayAsYouGo", "PrePaid", "PostPaid");

export const eipAddress: ResourceType = {
  file: FILE,
  skippable: true,
  checks: {
    high_definition_monitor_log_status: oneOf("OFF", "ON"),
    internet_charge_type: oneOf("PayByBandwidth", "PayByTraffic"),
    isp: oneOf(
      ..."BGP BGP_PRO ChinaTelecom ChinaUnicom ChinaMobile ChinaTelecom_L2 ChinaUnicom_L2 ChinaMobile_L2 BGP_FinanceCloud BGP_International".split(
        " ",
      ),
    ),
    mode: oneOf("NAT", "BINDED", "MULTI_BINDED"),
    netmode: oneOf("public"),
    payment_type: PAYMENT,
    instance_charge_type: PAYMENT,
    period: oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36),
    pricing_cycle: oneOf("Month", "Year"),
  },
  create,
  read,
  update,
  delete: remove,
};
