import { Client, credentials } from "@grpc/grpc-js";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Message, MethodName } from "../../../src/provider/protocol/service";
import { providerService } from "../../../src/provider/protocol/service";

/** A provider's process that is spoken to as terraform does, without terraform. */
export interface Plugin {
  call(method: MethodName, request: Message): Promise<Message>;
  stop(): void;
}

/** Terraform's own, so that nobody starts a provider by hand. */
const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };
/** Nobody listens there: what is asked of a provider here needs no cloud, and must not reach one. */
const NOWHERE = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
/** `core protocol | protocol | network | address | kind` */
const HANDSHAKE = /^1\|5\|(unix|tcp)\|([^|]+)\|grpc/;

/**
 * @param keys credentials for its environment, from which it gets little else
 * @throws Error when the binary is not a provider of plugin protocol 5
 */
export async function startPlugin(binary: string, keys: NodeJS.ProcessEnv): Promise<Plugin> {
  const { PATH, TMPDIR, HOME } = process.env;
  const env = { PATH, TMPDIR, HOME, ...COOKIE, ...NOWHERE, ...keys, PLUGIN_PROTOCOL_VERSIONS: "5" };
  const child = spawn(binary, [], { env, stdio: ["ignore", "pipe", "ignore"] });
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended(child)])) as [string];
  const [, network, address] = HANDSHAKE.exec(line) ?? [];
  if (address === undefined) {
    child.kill("SIGKILL");
    throw new Error(`Expected ${binary} to be a provider of plugin protocol 5, got \`${line}\`.`);
  }
  const client = connect(network === "unix" ? `unix:${address}` : address);
  return {
    call: (method, request) =>
      new Promise((resolve, reject) => {
        const { path, requestSerialize, responseDeserialize } = providerService()[method]!;
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer?: Message) =>
          error === null ? resolve(answer!) : reject(error),
        );
      }),
    stop: () => {
      client.close();
      child.kill("SIGKILL");
    },
  };
}

async function ended(child: ChildProcess): Promise<[string]> {
  const [code] = (await once(child, "close")) as [number | null];
  return [`its end with ${code}`];
}

const connect = (address: string): Client =>
  new Client(address, credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    "grpc.default_authority": "localhost",
  });
