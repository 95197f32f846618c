import { listAt, textAt } from "../../api/body";
import type { ObjectValue } from "../../values/value";
import { tagList, tagsOf } from "../operation";
import type { OperationContext } from "../type";
import { describeInstance, instanceOperations } from "./instance-status";

/** How programs inside reach the instance's metadata. */
export async function changeMetadata(context: OperationContext): Promise<void> {
  const { data } = context;
  const [tokens, endpoint] = [data.given("http_tokens"), data.given("http_endpoint")];
  if ((tokens ?? endpoint) === undefined || !data.anyChanged("http_tokens", "http_endpoint")) return;
  await instanceOperations(context).send("ModifyInstanceMetadataOptions", {
    InstanceId: data.id,
    HttpEndpoint: endpoint ?? "enabled",
    HttpTokens: tokens,
  });
}

export async function changeMaintenance(context: OperationContext): Promise<void> {
  const { data } = context;
  const names = ["maintenance_time", "maintenance_action", "maintenance_notify"];
  if (!names.some((name) => data.get(name) !== null && data.changed(name))) return;
  const window = data.objects("maintenance_time")[0];
  await instanceOperations(context).send("ModifyInstanceMaintenanceAttributes", {
    InstanceId: [data.id],
    MaintenanceWindow:
      window === undefined ? undefined : [{ StartTime: String(window.start_time), EndTime: String(window.end_time) }],
    ActionOnMaintenance: data.given("maintenance_action"),
    NotifyOnMaintenance: data.stated("maintenance_notify"),
  });
}

/** `volume_tags` go to every disk of the instance. */
export async function tagVolumes(context: OperationContext): Promise<void> {
  const { data } = context;
  const wanted = data.map("volume_tags");
  if (data.get("volume_tags") === null || !data.changed("volume_tags")) return;
  const disks = listAt(
    await instanceOperations(context).send("DescribeDisks", { InstanceId: data.id }, { place: "tags" }),
    "Disks.Disk",
  );
  const ids = disks.map((disk) => textAt(disk, "DiskId"));
  // A new instance's own tags are on its disks as well, and these are the disks' alone.
  const system = disks.find((disk) => disk.Type === "system");
  const before = data.isNew ? tagsOf(listAt(system, "Tags.Tag")) : ((data.old("volume_tags") ?? {}) as ObjectValue);
  const stale = Object.keys(before).filter((key) => !(key in wanted) || String(before[key]) !== wanted[key]);
  const target = { ResourceType: "disk", ResourceId: ids };
  const shown = ids.join(" ");
  if (stale.length > 0)
    await instanceOperations(context).send("UntagResources", { ...target, TagKey: stale }, { id: shown });
  if (Object.keys(wanted).length > 0)
    await instanceOperations(context).send("TagResources", { ...target, Tag: tagList(wanted) }, { id: shown });
}

/** More addresses for the primary interface of a new instance: its creation does not take them. */
export async function assignAddresses(context: OperationContext): Promise<void> {
  const { data } = context;
  const addresses = data.texts("secondary_private_ips");
  const count = data.given("secondary_private_ip_address_count");
  if (addresses.length === 0 && count === undefined) return;
  const interfaces = listAt(await describeInstance(context), "NetworkInterfaces.NetworkInterface");
  await instanceOperations(context).send(
    "AssignPrivateIpAddresses",
    {
      NetworkInterfaceId: textAt(
        interfaces.find((one) => one.Type === "Primary"),
        "NetworkInterfaceId",
      ),
      ...(addresses.length > 0 ? { PrivateIpAddress: addresses } : { SecondaryPrivateIpAddressCount: count }),
    },
    { token: true },
  );
}
