import type { Cloud } from "../cloud/contract";
import type { Recorded } from "../seed";
import { makePace } from "./api/pace";
import { dataSourceTypes } from "./datasources/index";
import { serveProtocol } from "./protocol/server";
import { resourceTypes } from "./resources/index";
import { loadCovered, loadEverything } from "./schema/load";
import { openConnection } from "./session/handlers";
import { schemaAnswer } from "./session/schema-answer";
import { newSocketPath } from "./socket";

export interface ProviderOptions {
  readonly cloud: Cloud;
  /** As for the cloud; the provider's pauses shrink with it. @default "instant" */
  readonly speed?: number | "instant";
  /** Serve every type of the real provider, with made-up values for those that are not simulated. @default false */
  readonly mockOthers?: boolean;
  /** What exists "as recorded"; with it nothing can be applied. @default none */
  readonly recorded?: Recorded;
  /** Where the provider's own variables (region, account) are looked up. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** How terraform reaches it. @default "unix", and "tcp" on Windows, where Node has no unix sockets */
  readonly transport?: "unix" | "tcp";
}

export interface RunningProvider {
  /** What terraform needs in its environment to use this provider. */
  readonly env: Readonly<Record<string, string>>;
  /** How many connections are open: one for each provider configuration of a terraform that runs. */
  connections(): number;
  stop(): Promise<void>;
}

/** Addresses under which terraform and OpenTofu know the provider. */
const ADDRESSES = ["registry.terraform.io/aliyun/alicloud", "registry.opentofu.org/aliyun/alicloud"];

/**
 * Serves the simulated provider to terraform on a unix socket, or on a port of this machine.
 * @throws SandboxError `SandboxDataMissing`
 */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const schema = options.mockOthers === true ? loadEverything() : loadCovered();
  const context = {
    cloud: options.cloud,
    pace: makePace(options.speed ?? "instant"),
    schema,
    resources: resourceTypes,
    dataSources: dataSourceTypes,
    schemaAnswer: schemaAnswer(schema),
    env: options.env ?? process.env,
    recorded: options.recorded,
  };
  const { transport = process.platform === "win32" ? "tcp" : "unix" } = options;
  const socket = transport === "tcp" ? undefined : newSocketPath();
  const server = await serveProtocol(socket, () => openConnection(context));
  const attach = {
    Protocol: "grpc",
    ProtocolVersion: 5,
    Pid: process.pid,
    Test: true,
    Addr: server.address,
  };
  return {
    env: { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(ADDRESSES.map((address) => [address, attach]))) },
    connections: () => server.connections(),
    stop: () => server.close(),
  };
}
