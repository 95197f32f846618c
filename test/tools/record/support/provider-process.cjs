"use strict";
/**
 * The sandbox's provider as a program of its own, as terraform starts providers: stands where a binary of the released one
 * would. `changed` behind it makes it one of a new version, in which the size of a data disk can be changed in place.
 * It is the compiled one, and no TypeScript: terraform starts it several times for each plan.
 */
const { connect } = require("node:net");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { createServer } = require("node:tls");
const { startSandbox } = require("../../../../packages/sandbox/dist");
const { makeCertificate } = require("../../../../packages/sandbox/dist/openapi/certificate");
const { loadCovered } = require("../../../../packages/sandbox/dist/provider/schema/load");

async function main(isChanged) {
  const disks = loadCovered().resources.get("alicloud_instance").node.get("data_disks");
  if (isChanged)
    Object.assign(
      disks.fields.find(({ name }) => name === "size"),
      { forceNew: false },
    );
  const { env } = await startSandbox({ baseEnv: {} });
  const attach = JSON.parse(env.TF_REATTACH_PROVIDERS);
  const socket = Object.values(attach)[0].Addr.String;
  // Terraform proves who it is by a certificate, and demands one.
  const trusted = process.env.PLUGIN_CLIENT_CERT;
  const [address, proof] = trusted === undefined ? [socket, ""] : await behindTls(socket, trusted);
  process.stdout.write(`1|5|unix|${address}|grpc|${proof}\n`);
}

async function behindTls(socket, ca) {
  const { cert, key, ca: authority } = await makeCertificate();
  const address = join(tmpdir(), `anycast-test-${process.pid}.sock`);
  const server = createServer({ cert, key, ca, requestCert: true, ALPNProtocols: ["h2"] }, (client) => {
    const behind = connect(socket);
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ])
      one.on("error", () => other.destroy()).pipe(other);
  });
  await new Promise((resolve) => server.listen(address, resolve));
  const der = Buffer.from(authority.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  return [address, der.toString("base64").replaceAll("=", "")];
}

void main(process.argv[2] === "changed");
