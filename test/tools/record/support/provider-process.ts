/**
 * The sandbox's provider as a program of its own, as terraform starts providers: stands where a binary of the released one
 * would. `changed` behind it makes it one of a new version, in which the size of a data disk can be changed in place.
 */
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { startSandbox } from "../../../../packages/sandbox/src";
import { makeCertificate } from "../../../../packages/sandbox/src/openapi/certificate";
import { loadCovered } from "../../../../packages/sandbox/src/provider/schema/load";

async function main(isChanged: boolean): Promise<void> {
  const disks = loadCovered().resources.get("alicloud_instance")!.node.get("data_disks")!;
  if (isChanged)
    Object.assign(
      disks.fields!.find(({ name }) => name === "size")!,
      { forceNew: false },
    );
  const { env } = await startSandbox({ baseEnv: {} });
  const attach = JSON.parse(env.TF_REATTACH_PROVIDERS!) as Record<string, { Addr: { String: string } }>;
  const socket = Object.values(attach)[0]!.Addr.String;
  // Terraform proves who it is by a certificate, and demands one.
  const trusted = process.env.PLUGIN_CLIENT_CERT;
  const [address, proof] = trusted === undefined ? [socket, ""] : await behindTls(socket, trusted);
  process.stdout.write(`1|5|unix|${address}|grpc|${proof}\n`);
}

async function behindTls(socket: string, ca: string): Promise<[address: string, proof: string]> {
  const { cert, key, ca: authority } = await makeCertificate();
  const address = join(tmpdir(), `anycast-test-${process.pid}.sock`);
  const server = createServer({ cert, key, ca, requestCert: true, ALPNProtocols: ["h2"] }, (client) => {
    const behind = connect(socket);
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const)
      one.on("error", () => other.destroy()).pipe(other);
  });
  await new Promise<void>((resolve) => server.listen(address, resolve));
  const der = Buffer.from(authority.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  return [address, der.toString("base64").replaceAll("=", "")];
}

void main(process.argv[2] === "changed");
