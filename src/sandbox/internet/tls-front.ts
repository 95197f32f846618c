import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import type { Server } from "node:tls";
import type * as Certificate from "../openapi/certificate";

/**
 * Ends TLS in front of a loopback port, as an https listener does. The certificate is one of the sandbox's own, whatever
 * the listener names: its key is not known here. So clients have to be told not to check it.
 */
export async function startTlsFront(port: number): Promise<{ readonly server: Server; readonly port: number }> {
  // Loaded late: making certificates takes a big library, and https listeners are rare.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { makeCertificate } = require("../openapi/certificate") as typeof Certificate;
  const { cert, key } = await makeCertificate();
  const server = createServer({ cert, key, ALPNProtocols: ["http/1.1"] }, (client) => {
    const application = connect({ host: "127.0.0.1", port, noDelay: true });
    for (const end of [client, application]) end.on("error", () => undefined);
    client.on("close", () => application.destroy());
    application.on("close", () => client.destroy());
    client.pipe(application).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}
