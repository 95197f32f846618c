/** A sandbox with all of its listeners as a process of its own: prints where they are as one line of JSON, then serves. */
import { apiOf, internetOf, pageOf, startSandbox } from "../../../src";

let page = "";
void startSandbox({ extensions: [internetOf(), pageOf({ onUrl: (url) => (page = url) }), apiOf()], baseEnv: {} }).then(
  ({ env }) => {
    const attach = JSON.parse(env.TF_REATTACH_PROVIDERS || "{}") as Record<string, { Addr: { String: string } }>;
    const socks = new URL(env.ANYCAST_SANDBOX_INTERNET!);
    const listeners = {
      api: Number(env.ALIBABA_CLOUD_ENDPOINT_VPC!.split(":")[1]),
      page: Number(new URL(page).port),
      socks: Number(socks.port),
      lookUps: Number(env.ANYCAST_SANDBOX_API!.split(":")[1]),
      proxy: Number(new URL(env.HTTPS_PROXY!).port),
      grpc: Object.values(attach)[0]?.Addr.String ?? "",
    };
    process.stdout.write(`${JSON.stringify(listeners)}\n`);
  },
);
