import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { messageOf } from "../../errors";
import { removeAtExit } from "../../left-overs";
import type { Message, MethodName } from "./service";
import { providerService } from "./service";

/** What answers the calls of one connection. */
export type ConnectionHandlers = Readonly<Record<MethodName, (request: Message) => Promise<Message>>>;

export interface ProtocolServer {
  /** Where it listens, as terraform wants it in `TF_REATTACH_PROVIDERS`. */
  readonly address: { readonly Network: "unix" | "tcp"; readonly String: string };
  /** How many connections are open. */
  connections(): number;
  /** Ends all connections and removes the socket. */
  close(): Promise<void>;
}

/**
 * Serves `tfplugin5.Provider`. Terraform opens one connection per provider configuration and a call does not tell which
 * one it belongs to: so each connection gets a server, and handlers, of its own.
 * @param socket path of a unix socket; undefined takes a free port of 127.0.0.1
 * @param open makes the handlers of a new connection
 */
export async function serveProtocol(
  socket: string | undefined,
  open: () => ConnectionHandlers,
): Promise<ProtocolServer> {
  const service = providerService();
  const connections = new Map<Socket, Server>();
  const listener = createServer((connection) => {
    const server = new Server({
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
      "grpc.max_concurrent_streams": 1000,
    });
    server.addService(service, implementation(open()));
    connections.set(connection, server);
    connection.on("error", () => connection.destroy());
    connection.on("close", () => {
      connections.delete(connection);
      server.forceShutdown();
    });
    server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(connection);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    if (socket === undefined) listener.listen(0, "127.0.0.1", resolve);
    else listener.listen(socket, resolve);
  });
  const removeSocket = socket === undefined ? () => undefined : removeAtExit(socket);
  return {
    address:
      socket === undefined
        ? { Network: "tcp", String: `127.0.0.1:${String((listener.address() as AddressInfo).port)}` }
        : { Network: "unix", String: socket },
    connections: () => connections.size,
    close: async () => {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const [connection, server] of connections) {
        server.forceShutdown();
        connection.destroy();
      }
      await closed;
      removeSocket();
    },
  };
}

function implementation(handlers: ConnectionHandlers): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]): [string, handleUnaryCall<Message, Message>] => [
      name,
      (call, answer) => {
        handle(call.request).then(
          (response) => answer(null, response),
          (thrown: unknown) => answer({ code: status.INTERNAL, message: messageOf(thrown) }),
        );
      },
    ]),
  );
}
