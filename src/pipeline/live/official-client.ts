import Credential from "@alicloud/credentials";
import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import { RuntimeOptions } from "@alicloud/tea-util";
import { AnycastError, messageOf } from "../../core/errors";
import type { Ask, Product } from "./api";

const VERSIONS: Readonly<Record<Product, string>> = { Slb: "2014-05-15", Eipanycast: "2020-03-09" };

/** How long one question may take, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * The official client, with credentials by its own default chain (environment, profile, role).
 * @param endpoint host or host:port of every product. @default the products' own
 * @throws AnycastError `LiveCredentialsMissing`
 */
export async function officialClient(endpoint: string | undefined): Promise<Ask> {
  const credential = await credentials();
  return async (product, action, region, query) => {
    const host = endpoint ?? (product === "Slb" ? `slb.${region}.aliyuncs.com` : "eipanycast.cn-hangzhou.aliyuncs.com");
    // Only a simulated cloud on this machine speaks plain HTTP.
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

async function credentials(): Promise<Credential> {
  try {
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
