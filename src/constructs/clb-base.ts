import type { ITerraformIterator, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { SlbListener } from "@cdktf/provider-alicloud/lib/slb-listener";
import type { SlbMasterSlaveServerGroup } from "@cdktf/provider-alicloud/lib/slb-master-slave-server-group";
import type { AnycastBinding, IAnycastTarget } from "./anycast-binding";
import { addListener } from "./clb-listener";
import type { ListenerOwner } from "./clb-listener";
import type { ClbListenerProps } from "./listener-props";
import { addMasterSlaveServerGroup, ClbServerGroup } from "./server-group";
import type { ClbServerGroupProps, MasterSlaveServerGroupProps } from "./server-group";

/** An internal load balancer that this app makes, or an existing one. */
export interface IInternalClb extends IAnycastTarget {
  /** Id of the load balancer, `lb-…`. */
  readonly id: string;
  /** The private address. */
  readonly address: string;
  /** Region id. */
  readonly region: string;
  /** Adds a listener. */
  addListener(props: ClbListenerProps): SlbListener;
  /** Adds a group of servers, each with a port of its own. */
  addServerGroup(id: string, props?: ClbServerGroupProps): ClbServerGroup;
  /** Adds a pair of servers of which one is used at a time. */
  addMasterSlaveServerGroup(id: string, props: MasterSlaveServerGroupProps): SlbMasterSlaveServerGroup;
}

/** Base of new and existing load balancers. */
export abstract class ClbBase extends Construct implements IInternalClb {
  public abstract readonly region: string;
  public abstract get id(): string;
  public abstract get address(): string;
  protected abstract get provider(): TerraformProvider | undefined;
  /** The iterator of the load balancers, where there is one per key. */
  protected abstract get forEach(): ITerraformIterator | undefined;

  /**
   * Adds a listener.
   * @throws ConstructError `InvalidPort`, `NoCertificate`, `PortTwice`, `InvalidListener`, `InvalidIterator`
   */
  public addListener(props: ClbListenerProps): SlbListener {
    return addListener(this, this.owner(), props);
  }

  /**
   * Adds a group of servers, each with a port of its own.
   * @throws ConstructError `InvalidName`, `InvalidPort`, `InvalidWeight`
   */
  public addServerGroup(id: string, props: ClbServerGroupProps = {}): ClbServerGroup {
    return new ClbServerGroup(this, id, this.owner(), props);
  }

  /**
   * Adds a pair of servers of which one is used while it is healthy; for tcp and udp listeners.
   * @throws ConstructError `InvalidName`, `InvalidPort`, `InvalidWeight`, `SameServer`
   */
  public addMasterSlaveServerGroup(id: string, props: MasterSlaveServerGroupProps): SlbMasterSlaveServerGroup {
    return addMasterSlaveServerGroup(this, id, this.owner(), props);
  }

  /** What an address is bound to. */
  public anycastBinding(): AnycastBinding {
    return { instanceId: this.id, instanceType: "SlbInstance", regionId: this.region, forEach: this.forEach };
  }

  private owner(): ListenerOwner {
    return { loadBalancerId: this.id, provider: this.provider, forEach: this.forEach };
  }
}
