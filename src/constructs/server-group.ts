import type { ITerraformIterator } from "cdktf";
import { Construct } from "constructs";
import { SlbMasterSlaveServerGroup } from "@cdktf/provider-alicloud/lib/slb-master-slave-server-group";
import type { SlbMasterSlaveServerGroupServers } from "@cdktf/provider-alicloud/lib/slb-master-slave-server-group";
import { SlbServerGroup } from "@cdktf/provider-alicloud/lib/slb-server-group";
import { SlbServerGroupServerAttachment } from "@cdktf/provider-alicloud/lib/slb-server-group-server-attachment";
import { checkClbName, checkPort, checkWeight } from "./checks";
import type { ListenerOwner } from "./clb-listener";
import { misuse } from "./errors";
import { ownOrOwners, perKey } from "./for-each";
import { checkList, checkObject } from "./settings-checks";
import { checkServer, refuseServerTwice, typeOf } from "./server-checks";

/** A server of a server group. */
export interface ClbGroupServer {
  /** Id of an ECS instance (`i-…`) or network interface (`eni-…`). */
  readonly serverId: string;
  /** Port of the application on this server, 1 to 65535. */
  readonly port: number;
  /** 0 to 100; 0 gets no new connections. @default 100 */
  readonly weight?: number;
  /** @default as the id begins: "eni" for `eni-…`, otherwise "ecs" */
  readonly type?: "ecs" | "eni";
  /** One server per key, in a group that has no `forEach` itself; the id then comes from the iterator. @default one server */
  readonly forEach?: ITerraformIterator;
}

/** Settings of a `ClbServerGroup`. */
export interface ClbServerGroupProps {
  /** 1 to 80 characters. @default a name made by the cloud */
  readonly name?: string;
  /** Servers; `addServer` adds further ones. @default none */
  readonly servers?: readonly ClbGroupServer[];
}

/**
 * A group of servers behind a load balancer, each with its own port. `addServerGroup` of a load balancer makes one; a
 * listener names it by `serverGroupId`.
 * @throws ConstructError `InvalidName`, `InvalidPort`, `InvalidWeight`
 * @example
 * const group = clb.addServerGroup("blue", { servers: [{ serverId: server.id, port: 8080 }] });
 * clb.addListener({ protocol: "http", port: 80, serverGroupId: group.id });
 */
export class ClbServerGroup extends Construct {
  /** The resource itself, for settings that this class does not offer. */
  public readonly resource: SlbServerGroup;
  private readonly servers: ClbGroupServer[] = [];

  public constructor(scope: Construct, id: string, owner: ListenerOwner, props: ClbServerGroupProps = {}) {
    super(scope, id);
    checkClbName(this, props.name);
    this.resource = perKey(new SlbServerGroup(this, "group", { ...owner, name: props.name }));
    if (props.servers !== undefined) checkList(this, "the servers of a group", props.servers);
    for (const server of props.servers ?? []) this.addServer(server);
  }

  /** Id of the group, `rsp-…`, known after it is made. */
  public get id(): string {
    return this.resource.id;
  }

  /**
   * Adds a server.
   * @throws ConstructError `InvalidPort`, `InvalidWeight`, `InvalidId`, `InvalidChoice`, `ServerTwice`, `InvalidIterator`
   */
  public addServer(server: ClbGroupServer): SlbServerGroupServerAttachment {
    checkObject(this, "the server", server);
    const { serverId, port, weight = 100 } = server;
    checkPort(this, "the port of the server", port);
    checkWeight(this, weight);
    const type = checkServer(this, server, ["ecs", "eni"]);
    const forEach = ownOrOwners(this, "the server", server.forEach, this.resource.forEach);
    refuseServerTwice(this, this.servers, server);
    this.servers.push(server);
    return new SlbServerGroupServerAttachment(this, `server-${this.servers.length}`, {
      serverGroupId: this.resource.id,
      serverId,
      port,
      weight,
      type,
      forEach,
      provider: this.resource.provider,
    });
  }
}

/** Settings of a pair of servers of which one is used at a time. */
export interface MasterSlaveServerGroupProps {
  /** 1 to 80 characters. */
  readonly name: string;
  /** The server that is used while it is healthy. */
  readonly master: Omit<ClbGroupServer, "forEach">;
  /** The server that takes its place. */
  readonly slave: Omit<ClbGroupServer, "forEach">;
}

/** @throws ConstructError `InvalidName`, `InvalidPort`, `InvalidWeight`, `SameServer` */
export function addMasterSlaveServerGroup(
  scope: Construct,
  id: string,
  owner: ListenerOwner,
  props: MasterSlaveServerGroupProps,
): SlbMasterSlaveServerGroup {
  checkClbName(scope, props.name);
  for (const server of [props.master, props.slave]) {
    checkObject(scope, "master and slave", server);
    checkPort(scope, "the port of the server", server.port);
    checkWeight(scope, server.weight ?? 100);
    checkServer(scope, server, ["ecs", "eni"]);
  }
  if (props.master.serverId === props.slave.serverId && props.master.port === props.slave.port) {
    throw misuse({
      code: "SameServer",
      what: "master and slave",
      rule: "two servers",
      got: props.master.serverId,
      at: scope.node.path,
      fix: "name another slave.",
    });
  }
  const server = (
    one: MasterSlaveServerGroupProps["master"],
    serverType: string,
  ): SlbMasterSlaveServerGroupServers => ({
    serverId: one.serverId,
    port: one.port,
    weight: one.weight ?? 100,
    type: typeOf(one),
    serverType,
  });
  return perKey(
    new SlbMasterSlaveServerGroup(scope, id, {
      ...owner,
      name: props.name,
      servers: [server(props.master, "Master"), server(props.slave, "Slave")],
    }),
  );
}
