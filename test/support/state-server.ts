import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that keeps what is written to each address apart, as GitLab does, without locks. */
export class StateServer {
  public readonly states = new Map<string, string>();
  private constructor(private readonly server: Server) {}
  public static async start(): Promise<StateServer> {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        if (request.method !== "GET") one.states.set(request.url!, body);
        const state = one.states.get(request.url!);
        response.writeHead(state === undefined ? 404 : 200).end(state);
      });
    });
    const one = new StateServer(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return one;
  }
  public get backend(): object {
    return { http: { address: `${this.url}/it`, retry_max: 0 } };
  }
  /** Address of its states. */
  public get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/v4/projects/1/terraform/state`;
  }
  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
