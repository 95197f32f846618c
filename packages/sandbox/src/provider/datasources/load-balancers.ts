import type { Body } from "../../cloud/contract";
import { listAt, textAt } from "../api/body";
import { tagsOf } from "../resources/operation";
import type { ObjectValue } from "../values/value";
import { oneOf, oneOfAnyCase, regularExpression } from "../validate/rules";
import { argument, ask, askAll, localFilter, rename, results } from "./shared";
import type { DataSourceContext, DataSourceType } from "./type";
import { tagFilter } from "./vpcs";

const FILE = "data_source_alicloud_slb_load_balancers";
const FIELDS = {
  address: "Address",
  address_ip_version: "AddressIPVersion",
  address_type: "AddressType",
  create_time_stamp: "CreateTimeStamp",
  id: "LoadBalancerId",
  load_balancer_id: "LoadBalancerId",
  load_balancer_name: "LoadBalancerName",
  master_zone_id: "MasterZoneId",
  modification_protection_reason: "ModificationProtectionReason",
  modification_protection_status: "ModificationProtectionStatus",
  network_type: "NetworkType",
  region_id_alias: "RegionIdAlias",
  resource_group_id: "ResourceGroupId",
  slave_zone_id: "SlaveZoneId",
  status: "LoadBalancerStatus",
  vswitch_id: "VSwitchId",
  vpc_id: "VpcId",
};
const BRIEF = {
  id: "LoadBalancerId",
  region_id: "RegionIdAlias",
  master_availability_zone: "MasterZoneId",
  slave_availability_zone: "SlaveZoneId",
  status: "LoadBalancerStatus",
  name: "LoadBalancerName",
  network_type: "NetworkType",
  vpc_id: "VpcId",
  vswitch_id: "VSwitchId",
  address: "Address",
  creation_time: "CreationTime",
};
const DETAILS = {
  auto_release_time: "AutoReleaseTime",
  bandwidth: "Bandwidth",
  delete_protection: "DeleteProtection",
  end_time: "EndTime",
  end_time_stamp: "EndTimeStamp",
  load_balancer_spec: "LoadBalancerSpec",
  renewal_cyc_unit: "RenewalCycUnit",
  renewal_duration: "RenewalDuration",
  renewal_status: "RenewalStatus",
};

async function details(context: DataSourceContext, id: string): Promise<Record<string, unknown>> {
  const body = await ask(context, FILE, "Slb", "DescribeLoadBalancerAttribute", { LoadBalancerId: id });
  const charge = textAt(body, "InternetChargeType");
  return {
    ...rename(body, DETAILS),
    internet_charge_type:
      charge === "paybytraffic" ? "PayByTraffic" : charge === "paybybandwidth" ? "PayByBandwidth" : charge,
    backend_servers: listAt(body, "BackendServers.BackendServer").map((one) =>
      rename(one, { description: "Description", server_id: "ServerId", type: "Type", weight: "Weight" }),
    ),
    listener_ports_and_protocal: listAt(body, "ListenerPortsAndProtocal.ListenerPortAndProtocal").map((one) =>
      rename(one, { listener_port: "ListenerPort", listener_protocal: "ListenerProtocal" }),
    ),
    listener_ports_and_protocol: listAt(body, "ListenerPortsAndProtocol.ListenerPortAndProtocol").map((one) =>
      rename(one, {
        description: "Description",
        forward_port: "ForwardPort",
        listener_forward: "ListenerForward",
        listener_port: "ListenerPort",
        listener_protocol: "ListenerProtocol",
      }),
    ),
  };
}

const payment = (type: unknown): unknown =>
  type === "PayOnDemand" ? "PayAsYouGo" : type === "PrePay" ? "Subscription" : type;

function request(given: ObjectValue): Record<string, string | undefined> {
  const paid = argument(given, "payment_type");
  return {
    Address: argument(given, "address"),
    AddressIPVersion: argument(given, "address_ip_version"),
    AddressType: argument(given, "address_type"),
    InternetChargeType: argument(given, "internet_charge_type")?.toLowerCase(),
    LoadBalancerName: argument(given, "load_balancer_name"),
    MasterZoneId: argument(given, "master_zone_id"),
    NetworkType: argument(given, "network_type"),
    PayType: paid === "PayAsYouGo" ? "PayOnDemand" : paid === "Subscription" ? "PrePay" : undefined,
    ResourceGroupId: argument(given, "resource_group_id"),
    ServerId: argument(given, "server_id"),
    ServerIntranetAddress: argument(given, "server_intranet_address"),
    SlaveZoneId: argument(given, "slave_zone_id"),
    LoadBalancerStatus: argument(given, "status"),
    VSwitchId: argument(given, "vswitch_id"),
    VpcId: argument(given, "vpc_id"),
  };
}

export const loadBalancers: DataSourceType = {
  file: FILE,
  checks: {
    name_regex: regularExpression,
    address_ip_version: oneOf("ipv4", "ipv6"),
    address_type: oneOf("internet", "intranet"),
    internet_charge_type: oneOfAnyCase("PayByBandwidth", "PayByTraffic"),
    network_type: oneOf("vpc", "classic"),
    payment_type: oneOf("PayAsYouGo", "Subscription"),
    status: oneOf("active", "inactive", "locked"),
  },
  read: async (given, context) => {
    const filters = { ...request(given), Tag: tagFilter(given) };
    const page = argument(given, "page_number");
    const size = Number(argument(given, "page_size") ?? 100);
    const one = await ask(context, FILE, "Slb", "DescribeLoadBalancers", {
      ...filters,
      PageNumber: page ?? 1,
      PageSize: size,
    });
    const path = "LoadBalancers.LoadBalancer";
    const found: readonly Body[] =
      page === undefined
        ? (await askAll(context, FILE, "Slb", "DescribeLoadBalancers", filters, path, size)).filter(
            localFilter(given, "LoadBalancerId", "LoadBalancerName"),
          )
        : listAt(one, path);
    const balancers: Record<string, unknown>[] = [];
    for (const item of found) {
      balancers.push({
        ...rename(item, FIELDS),
        payment_type: payment(item.PayType),
        tags: tagsOf(listAt(item, "Tags.Tag")),
        ...(given.enable_details === true ? await details(context, textAt(item, "LoadBalancerId")) : {}),
      });
    }
    return results(
      given,
      found.map((item) => textAt(item, "LoadBalancerId")),
      {
        balancers,
        slbs: found.map((item) => ({
          ...rename(item, BRIEF),
          internet: item.NetworkType === "internet",
          tags: tagsOf(listAt(item, "Tags.Tag")),
        })),
        names: found.map((item) => textAt(item, "LoadBalancerName")),
        total_count: Number(one.TotalCount ?? found.length),
      },
    );
  },
};
