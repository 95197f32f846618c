import type { Server, Stored, Tagged } from "./model-base";

/** A list of addresses that listeners allow or deny. */
export interface Acl extends Tagged {
  readonly name: string;
  readonly ipVersion: string;
  readonly entries: readonly { readonly entry: string; readonly comment: string }[];
}

/** A certificate of a server. Its key is not kept: nothing in the sandbox needs it. */
export interface ServerCertificate extends Tagged {
  readonly name: string;
  readonly fingerprint: string;
  readonly expires: number;
  readonly commonName: string;
  /** Of the certificate service, when it came from there. */
  readonly original: { readonly id: string; readonly name: string };
}

/** Two servers, one of them on standby. */
export interface MasterSlaveGroup extends Stored {
  readonly balancer: string;
  readonly name: string;
  readonly servers: readonly (Server & { readonly role: string })[];
}

/** Requests of one domain or path that go to a server group of their own. */
export interface ForwardingRule extends Stored {
  readonly balancer: string;
  /** Id of the listener, and its port. */
  readonly listener: string;
  readonly port: number;
  readonly name: string;
  /** Empty for every domain, as is `url` for every path. */
  readonly domain: string;
  readonly url: string;
  readonly group: string;
  /** Whether scheduling, health check and sticky sessions are the listener's. */
  readonly follows: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
}
