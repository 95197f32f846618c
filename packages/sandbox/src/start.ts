import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SandboxError } from "./errors";
import type { Notice } from "./notice";
import { openCloud } from "./cloud";
import type { Cloud, CloudOptions, CloudSnapshot } from "./cloud";
import { sandboxEnvironment } from "./environment";
import type { SandboxExtension } from "./extension";
import { removeAtExit } from "./left-overs";
import { serveLookUps } from "./look-ups";
import { startProvider } from "./provider";
import { openSeed } from "./seed";
import { refuseRealCredentials, refuseRealEndpoints } from "./real-endpoints";

export interface SandboxOptions extends Omit<CloudOptions, "directory"> {
  /** Where the simulated cloud keeps its state; made when missing. @default a fresh one, removed at the end */
  readonly directory?: string;
  /**
   * Who serves the provider: the sandbox itself, or nothing (then terraform's own provider, pointed here by an extension).
   * @default "simulated"
   */
  readonly provider?: "simulated" | "none";
  /** Serve every type of the real provider, with made-up values for those that are not simulated. @default false */
  readonly mockOthers?: boolean;
  /**
   * A state (a file of version 4, or what `terraform show -json` prints) whose resources exist "as recorded". It is only
   * read, and nothing can be applied then. @default none
   */
  readonly seedState?: string;
  /** How terraform reaches the provider. @default "unix", and "tcp" on Windows, where Node has no unix sockets */
  readonly transport?: "unix" | "tcp";
  /** What else runs on the cloud. @default nothing */
  readonly extensions?: readonly SandboxExtension[];
  /** Called with notices that everything is simulated, and with the calls. @default no listener */
  readonly emit?: (notice: Notice) => void;
  /** Environment that `Sandbox.env` will be added to, and in which real endpoints are refused. @default process.env */
  readonly baseEnv?: NodeJS.ProcessEnv;
}

export interface SandboxStatus extends CloudSnapshot {
  /** Always true: nothing in here is real. */
  readonly simulated: true;
}

export interface Sandbox {
  /** State directory of the simulated cloud. */
  readonly directory: string;
  /** Variables that put a program into the sandbox, to be added to its own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The simulated cloud itself, e.g. to change something behind terraform's back. */
  readonly cloud: Cloud;
  status(): SandboxStatus;
  /** How many connections terraform has open to the provider that the sandbox serves. */
  connections(): number;
  /**
   * Ends every connection and server; the state stays in its directory unless that was a fresh one. May be called more
   * than once.
   */
  stop(): Promise<void>;
}

/**
 * Starts a sandbox: a simulated cloud with a provider that terraform and OpenTofu take for the real one. Several may
 * run at once, each on a directory of its own. Nothing in it ever talks to a real cloud.
 * @throws SandboxError `SandboxEndpointReal`, `SandboxCredentialsReal`, `SandboxInUse`, `SandboxStateDamaged`, `SandboxOptionInvalid`, …
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    provider: kind,
    mockOthers,
    seedState,
    transport,
    extensions,
    emit,
    baseEnv,
    directory: asked,
    ...cloudOptions
  } = options;
  const base = baseEnv ?? process.env;
  refuseRealEndpoints(base);
  if (kind === "none") refuseRealCredentials(base);
  if (kind === "none" && seedState !== undefined) {
    throw new SandboxError(
      "SandboxOptionInvalid",
      "A seeded sandbox serves the provider itself: the released one would find none of the seed's resources. Fix: leave out --provider real.",
    );
  }
  const directory = asked === undefined ? mkdtempSync(join(tmpdir(), "anycast-sandbox-")) : resolve(asked);
  // Undone in reverse order, also when starting fails half-way.
  const undo: (() => Promise<void> | void)[] = [];
  if (asked === undefined) undo.push(removeAtExit(directory));
  let stopped: Promise<void> | undefined;
  const undoAll = async (): Promise<void> => {
    for (let last = undo.pop(); last !== undefined; last = undo.pop()) await last();
  };
  const stop = (): Promise<void> => (stopped ??= undoAll());
  try {
    const seed = seedState === undefined ? undefined : openSeed(resolve(seedState));
    if (seed !== undefined) undo.push(() => seed.close());
    const cloud = await openCloud({ ...cloudOptions, directory });
    undo.push(() => cloud.close());
    let connections = (): number => 0;
    let env: Record<string, string> = { ...sandboxEnvironment(directory, base), ...seed?.env };
    if (kind !== "none") {
      const provider = await startProvider({
        cloud,
        speed: options.speed,
        mockOthers,
        ...(transport === undefined ? {} : { transport }),
        env: base,
        recorded: seed?.recorded,
      });
      undo.push(() => provider.stop());
      connections = () => provider.connections();
      const lookUps = await serveLookUps(cloud);
      undo.push(() => lookUps.stop());
      env = { ...env, ...provider.env, ...lookUps.env };
    }
    for (const extend of extensions ?? []) {
      const extension = await extend(cloud, base);
      undo.push(() => extension.stop());
      env = { ...env, ...extension.env };
    }
    emit?.({
      type: "notice",
      level: "info",
      message: `This is the sandbox: a simulated cloud in ${directory}. Nothing real is read or changed.`,
    });
    const status = (): SandboxStatus => ({ simulated: true, ...cloud.snapshot() });
    return { directory, env, cloud, status, connections, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}
