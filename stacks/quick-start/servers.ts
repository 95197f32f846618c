import { Construct } from "constructs";
import { DataAlicloudImages } from "@cdktf/provider-alicloud/lib/data-alicloud-images";
import { DataAlicloudInstanceTypes } from "@cdktf/provider-alicloud/lib/data-alicloud-instance-types";
import { Instance } from "@cdktf/provider-alicloud/lib/instance";
import type { Settings } from "../settings";
import type { Network } from "./network";

/** The ECS instances the application runs on. They have no public address of their own. */
export class Servers extends Construct {
  public readonly instances: readonly Instance[];

  public constructor(scope: Construct, id: string, settings: Settings, network: Network) {
    super(scope, id);
    const { servers, name, tags, resourceGroupId } = settings;
    const imageId = new DataAlicloudImages(this, "images", {
      owners: "system",
      nameRegex: servers.imageName,
      mostRecent: true,
    }).images.get(0).id;
    const instanceType = servers.instanceType ?? this.firstType(settings, network.zone);
    this.instances = Array.from(
      { length: servers.count },
      (_, at) =>
        new Instance(this, `server-${at + 1}`, {
          instanceName: `${name}-server-${at + 1}`,
          imageId,
          instanceType,
          availabilityZone: network.zone,
          vswitchId: network.vswitch.id,
          securityGroups: [network.securityGroup.id],
          systemDiskCategory: servers.diskCategory,
          instanceChargeType: "PostPaid",
          userData: userData(settings.service.serverPort),
          resourceGroupId,
          tags: { ...tags },
        }),
    );
  }

  private firstType(settings: Settings, zone: string): string {
    return new DataAlicloudInstanceTypes(this, "types", {
      availabilityZone: zone,
      cpuCoreCount: settings.servers.cpus,
      memorySize: settings.servers.memory,
      systemDiskCategory: settings.servers.diskCategory,
    }).instanceTypes.get(0).id;
  }
}

/** A first application, so that there is something to reach: it answers with the name of its server. */
function userData(port: number): string {
  const script = `#!/bin/sh
mkdir -p /srv/www && hostname > /srv/www/index.html
cat > /etc/systemd/system/application.service <<UNIT
[Service]
WorkingDirectory=/srv/www
ExecStart=/usr/bin/python3 -m http.server ${port}
Restart=always
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload && systemctl enable --now application
`;
  return Buffer.from(script).toString("base64");
}
