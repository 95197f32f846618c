import Credential, { Config as CredentialConfig } from "@alicloud/credentials";
import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import { AnycastError, messageOf } from "../../core/errors";
import type { Ask, Product } from "./api";

const VERSIONS: Readonly<Record<Product, string>> = {
  Slb: "2014-05-15",
  Eipanycast: "2020-03-09",
  Vpc: "2016-04-28",
  Ecs: "2014-05-26",
};

/** How long one question may take, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * The official client, with the key pair that terraform's provider takes from the environment, else with the credentials
 * of its own default chain (environment, profile, role).
 * @param endpoint host or host:port of every product, or of each. @default the products' own
 * @throws AnycastError `LiveCredentialsMissing`
 */
export async function officialClient(
  endpoint: string | ((product: Product) => string | undefined) | undefined,
  env: NodeJS.ProcessEnv = {},
): Promise<Ask> {
  const credential = await credentials(env);
  return async (product, action, region, query) => {
    const host =
      (typeof endpoint === "function" ? endpoint(product) : endpoint) ??
      (product === "Eipanycast"
        ? "eipanycast.cn-hangzhou.aliyuncs.com"
        : `${product.toLowerCase()}.${region}.aliyuncs.com`);
    // Only a simulated cloud on this machine uses plain HTTP.
    const protocol = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host) ? "HTTP" : "HTTPS";
    const client = new OpenApi(
      new Config({ credential, endpoint: host, regionId: region, signatureAlgorithm: "v2", protocol }),
    );
    const params = new Params({
      action,
      version: VERSIONS[product],
      protocol,
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    const runtime = new RuntimeOptions({ readTimeout: TIMEOUT, connectTimeout: TIMEOUT, autoretry: false });
    const answer = (await client.callApi(params, new OpenApiRequest({ query: { ...query } }), runtime)) as {
      body?: Record<string, unknown>;
    };
    return answer.body ?? {};
  };
}

/**
 * Endpoints that the environment names, as terraform's provider reads them; in the sandbox that of the sandbox.
 * @throws AnycastError `CloudNotAsked` in a sandbox whose endpoint is unknown: the real cloud is never asked from there
 */
export function endpointsOf(env: NodeJS.ProcessEnv): (product: Product) => string | undefined {
  return (product) => {
    const name = product.toUpperCase();
    const named = env[`ALIBABA_CLOUD_ENDPOINT_${name}`] || env[`${name}_ENDPOINT`] || env.ANYCAST_SANDBOX_API;
    if (named || !env.ANYCAST_SANDBOX) return named || undefined;
    throw new AnycastError(
      "CloudNotAsked",
      "The sandbox does not say where its API is (ANYCAST_SANDBOX_API). Nothing was asked. Fix: run the command in a sandbox of this version, with `anycast sandbox -- COMMAND`.",
    );
  };
}

async function credentials(env: NodeJS.ProcessEnv): Promise<Credential> {
  try {
    const [accessKeyId, accessKeySecret] = [env.ALICLOUD_ACCESS_KEY, env.ALICLOUD_SECRET_KEY];
    if (accessKeyId && accessKeySecret) {
      const securityToken = env.ALICLOUD_SECURITY_TOKEN || undefined;
      const type = securityToken === undefined ? "access_key" : "sts";
      return new Credential(new CredentialConfig({ type, accessKeyId, accessKeySecret, securityToken }));
    }
    const credential = new Credential();
    await credential.getCredential();
    return credential;
  } catch (cause) {
    throw new AnycastError(
      "LiveCredentialsMissing",
      `The cloud could not be asked: no credentials were found (${messageOf(cause)}). Fix: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or leave out --live.`,
      { cause },
    );
  }
}
