import { readFileSync, statSync } from "node:fs";
import { credentialVariables } from "./credentials";
import type { SandboxCredentials } from "./credentials";

/** Products whose endpoints the real provider takes from the environment. */
const PRODUCTS = ["VPC", "ECS", "SLB", "EIPANYCAST", "RESOURCEMANAGER", "BSSOPENAPI"];

/** Older names of the same. The newer ones take precedence; these are cleared so that they are not read. */
const OLDER = [...PRODUCTS, "STS"].map((product) => `${product}_ENDPOINT`);

/** The provider's clients use a proxy for plain HTTP also for loopback, and ignore NO_PROXY. */
const PROXIES = ["HTTP_PROXY", "http_proxy"];

/** Where systems keep the authorities they trust, most usual first. */
const SYSTEM_BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

export interface Pointing {
  /** `host:port` of the sandbox. */
  readonly endpoint: string;
  /** URL of the proxy that leads to no real cloud. */
  readonly proxy: string;
  /** File with all trusted authorities, the sandbox's among them. */
  readonly trustFile: string;
  readonly keys: SandboxCredentials;
  readonly accountId: string;
  /** Environment that the variables are added to. */
  readonly base: NodeJS.ProcessEnv;
}

/**
 * Variables that point the real provider at the sandbox, so that an unchanged configuration without an `endpoints`
 * block works. An empty one counts as unset.
 */
export function environmentOf({ endpoint, proxy, trustFile, keys, accountId, base }: Pointing): Record<string, string> {
  // A provider from elsewhere would not be the released one; a file of endpoints would take precedence over ours.
  const emptied = [...OLDER, ...PROXIES, "TF_REATTACH_PROVIDERS", "TF_ENDPOINT_PATH"];
  return {
    ...Object.fromEntries(emptied.filter((name) => (base[name] ?? "") !== "").map((name) => [name, ""])),
    ...Object.fromEntries(PRODUCTS.map((product) => [`ALIBABA_CLOUD_ENDPOINT_${product}`, endpoint])),
    LOCATION_ENDPOINT: endpoint,
    // The token service has no variable of its own; no endpoint that the configuration names may reach the real cloud.
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    ...credentialVariables(keys, base),
    // Without a type the provider asks the cloud while it is configured; without an account id it asks a service that
    // no variable can point here.
    ALIBABA_CLOUD_ACCOUNT_TYPE: "International",
    ALICLOUD_ACCOUNT_ID: accountId,
    SSL_CERT_FILE: trustFile,
    NODE_EXTRA_CA_CERTS: trustFile,
  };
}

/**
 * The system's trusted authorities and one more, PEM: `SSL_CERT_FILE` replaces the system's bundle, and terraform
 * must still be able to fetch providers. `SSL_CERT_DIR` stays as it is, programs read it as well.
 */
export function trustedWith(authority: string, base: NodeJS.ProcessEnv): string {
  const named = base.SSL_CERT_FILE ?? "";
  const system = (named === "" ? SYSTEM_BUNDLES : [named, ...SYSTEM_BUNDLES]).map(readIfThere).find(Boolean) ?? "";
  const extra = readIfThere(base.NODE_EXTRA_CA_CERTS ?? "");
  return [system, extra, authority]
    .filter(Boolean)
    .map((text) => `${text.trimEnd()}\n`)
    .join("");
}

function readIfThere(path: string): string {
  if (path === "") return "";
  try {
    // A pipe would wait for a writer.
    return statSync(path).isFile() ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}
