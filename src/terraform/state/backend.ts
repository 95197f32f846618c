import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { readRegularText } from "../../core/regular-file";
import { isRecord } from "../../core/is-record";

/** Where a stack keeps its state. */
export interface Backend {
  /** terraform's name of the backend; `cloud` for a cloud block. */
  readonly kind: string;
  /** The backend's arguments as they are written; credentials from the environment are not among them. */
  readonly config: Readonly<Record<string, unknown>>;
}

const LOCAL: Backend = { kind: "local", config: {} };

/** The backend of a stack: from its overrides, else from the stack, else the one that `terraform init` has connected. */
export function backendOf(directory: string, env: NodeJS.ProcessEnv): Backend {
  return declaredBackend(directory) ?? connectedBackend(directory, env) ?? LOCAL;
}

function declaredBackend(directory: string): Backend | undefined {
  const overrides = namesIn(directory).filter((name) => /(^|_)override\.tf\.json$/.test(name));
  for (const name of [...overrides.sort().reverse(), "cdk.tf.json"]) {
    const { terraform } = jsonIn(join(directory, name));
    const backend = isRecord(terraform) ? backendIn(terraform) : undefined;
    if (backend !== undefined) return backend;
  }
  return undefined;
}

function backendIn({ cloud, backend }: Record<string, unknown>): Backend | undefined {
  if (cloud !== undefined) return { kind: "cloud", config: isRecord(cloud) ? cloud : {} };
  const [entry] = isRecord(backend) ? Object.entries(backend) : [];
  if (entry === undefined) return undefined;
  return { kind: entry[0], config: isRecord(entry[1]) ? entry[1] : {} };
}

/** What init has recorded; for configurations that are not JSON there is no other source. */
export function connectedBackend(directory: string, env: NodeJS.ProcessEnv): Backend | undefined {
  const data = resolve(directory, env.TF_DATA_DIR || ".terraform");
  const { backend } = jsonIn(join(data, "terraform.tfstate"));
  if (!isRecord(backend) || typeof backend.type !== "string") return undefined;
  return { kind: backend.type, config: isRecord(backend.config) ? backend.config : {} };
}

/** Whether the state is kept by a server on this machine: a test's, never a real one. */
export function isOnLoopback({ kind, config }: Backend): boolean {
  const endpoints = isRecord(config.endpoints) ? config.endpoints : {};
  const address = { http: config.address, s3: endpoints.s3 ?? config.endpoint, oss: config.endpoint }[kind];
  if (typeof address !== "string" || !URL.canParse(address)) return false;
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);
}

/**
 * Whether a state is named as those that `anycast sandbox --keep-backend` keeps (src/constructs/state/in-sandbox.ts): a real
 * one never is.
 */
export function isNamedForSandbox({ kind, config }: Backend): boolean {
  const named = { http: [config.address], s3: [config.key], oss: [config.prefix, config.key] }[kind] ?? [];
  return named.some((name) => typeof name === "string" && /(^|\/)anycast-sandbox[-/]/.test(name));
}

function jsonIn(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readRegularText(path));
    return isRecord(value) ? value : {};
  } catch {
    // Missing, or invalid, which terraform itself reports.
    return {};
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
