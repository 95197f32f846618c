import { listAt, textAt } from "../api/body";
import { oneOf } from "../validate/rules";
import { argument, ask, rename, results } from "./shared";
import type { DataSourceType } from "./type";

const FILE = "data_source_alicloud_slb_zones";

export const slbZones: DataSourceType = {
  file: FILE,
  checks: {
    available_slb_address_type: oneOf("vpc", "classic_intranet", "classic_internet", "Vpc"),
    available_slb_address_ip_version: oneOf("ipv4", "ipv6"),
  },
  read: async (given, context) => {
    const body = await ask(context, FILE, "Slb", "DescribeAvailableResource", {
      AddressIPVersion: argument(given, "available_slb_address_ip_version"),
      AddressType: argument(given, "available_slb_address_type")?.toLowerCase(),
    });
    const [master, slave] = [argument(given, "master_zone_id"), argument(given, "slave_zone_id")];
    const found = listAt(body, "AvailableResources.AvailableResource").filter(
      (one) =>
        (master === undefined || one.MasterZoneId === master) && (slave === undefined || one.SlaveZoneId === slave),
    );
    return results(
      given,
      found.map((one) => textAt(one, "MasterZoneId")),
      {
        zones: found.map((one) => ({
          ...rename(one, { id: "MasterZoneId", master_zone_id: "MasterZoneId", slave_zone_id: "SlaveZoneId" }),
          slb_slave_zone_ids: [textAt(one, "SlaveZoneId")],
          supported_resources: listAt(one, "SupportResources.SupportResource").map((resource) =>
            rename(resource, { address_type: "AddressType", address_ip_version: "AddressIPVersion" }),
          ),
        })),
      },
    );
  },
};
