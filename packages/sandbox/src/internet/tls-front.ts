import { connect } from "node:net";
import { createServer } from "node:tls";
import type { Server } from "node:tls";
import { listenOn } from "../loopback";
import { makeCertificate } from "../openapi/certificate";

/**
 * Ends TLS in front of a loopback port, as an https listener does. The certificate is one of the sandbox's own, whatever
 * the listener names: its key is not known here. So clients must be set not to verify it.
 */
export async function startTlsFront(port: number): Promise<{ readonly server: Server; readonly port: number }> {
  const { cert, key } = await makeCertificate();
  const server = createServer({ cert, key, ALPNProtocols: ["http/1.1"] }, (client) => {
    const application = connect({ host: "127.0.0.1", port, noDelay: true });
    for (const end of [client, application]) end.on("error", () => undefined);
    client.on("close", () => application.destroy());
    application.on("close", () => client.destroy());
    client.pipe(application).pipe(client);
  });
  return { server, port: await listenOn(server) };
}
