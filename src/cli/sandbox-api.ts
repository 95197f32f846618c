import type { SandboxExtension } from "../sandbox";
import { startOpenApi } from "../sandbox/openapi";

/** Products whose endpoints the real provider takes from the environment. */
const PRODUCTS = ["VPC", "ECS", "SLB", "EIPANYCAST", "RESOURCEMANAGER", "BSSOPENAPI"];

/**
 * What the real provider talks to instead of the cloud. By environment variables alone, so that an unchanged
 * configuration without an `endpoints` block works.
 */
export const apiFront: SandboxExtension = async (cloud) => {
  const api = await startOpenApi({ cloud });
  const { endpoint, host } = api;
  return {
    env: {
      ...Object.fromEntries(PRODUCTS.map((product) => [`ALIBABA_CLOUD_ENDPOINT_${product}`, endpoint])),
      LOCATION_ENDPOINT: endpoint,
      // A file named here would override the endpoints without a word.
      TF_ENDPOINT_PATH: "",
      // Without an account id the provider asks a service that cannot be pointed here by a variable.
      ALICLOUD_ACCOUNT_ID: cloud.snapshot().accountId,
      SSL_CERT_FILE: api.caFile,
      NO_PROXY: `${host},${endpoint}`,
      no_proxy: `${host},${endpoint}`,
    },
    stop: () => api.close(),
  };
};
