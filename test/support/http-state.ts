import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What terraform's `http` backend talks to: one state with a lock, as a real state server keeps it. */
export interface HttpState {
  readonly backend: object;
  state(): string | undefined;
  /** How often somebody was turned away because of the lock. */
  readonly turnedAway: () => number;
  /** From now on a lock is given back only when somebody has been turned away so often because of it. */
  keepLockUntilTurnedAway(times: number): void;
  /** Turns the next one away as if somebody held the lock who releases it at once. */
  turnAwayOnce(): void;
  /** Takes the lock as somebody who has died would leave it. */
  lockFor(who: string): void;
  /** From now on connections are cut, as when the network is gone. */
  cut(): void;
  /** The network is back. */
  repair(): void;
  /** From now on requests of this method get this answer instead of the right one; undefined ends that. */
  answerInstead(method: string, answer: { readonly code: number; readonly body: string } | undefined): void;
  /** The lock as it is kept; undefined while nobody holds it. */
  readonly lock: () => string | undefined;
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

function lockOf(who: string): string {
  return JSON.stringify({
    ID: "11111111-2222-3333-4444-555555555555",
    Operation: "OperationTypeApply",
    Who: who,
    Created: "2026-01-01T00:00:00Z",
  });
}

export async function startHttpState(): Promise<HttpState> {
  let state: string | undefined;
  let lock: string | undefined;
  let turned = 0;
  let lastTurned = 0;
  let isHeldFor: string | undefined;
  const waiting: (() => void)[] = [];
  const turnAway = (): void => {
    turned += 1;
    if (turned >= lastTurned) for (const go of waiting.splice(0)) go();
  };
  let isCut = false;
  const instead = new Map<string, { readonly code: number; readonly body: string }>();
  const server = createServer((request, response) => {
    const answer = (code: number, body = ""): void => void response.writeHead(code).end(body);
    if (isCut) return void request.socket.destroy();
    void bodyOf(request).then((body) => {
      const wrong = instead.get(request.method ?? "");
      if (wrong !== undefined) return answer(wrong.code, wrong.body);
      if (request.method === "GET") return state === undefined ? answer(404) : answer(200, state);
      if (request.method === "LOCK") {
        const held = lock ?? isHeldFor;
        isHeldFor = undefined;
        if (held !== undefined) {
          turnAway();
          return answer(423, held);
        }
        lock = body;
        return answer(200);
      }
      if (request.method === "UNLOCK") {
        const unlock = (): void => {
          lock = undefined;
          answer(200);
        };
        return void (turned < lastTurned ? waiting.push(unlock) : unlock());
      }
      state = body;
      return answer(200);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/state`;
  return {
    backend: { http: { address, lock_address: address, unlock_address: address, retry_max: 0 } },
    state: () => state,
    turnedAway: () => turned,
    keepLockUntilTurnedAway: (times) => {
      lastTurned = turned + times;
    },
    turnAwayOnce: () => {
      isHeldFor = lockOf("ci@runner-7");
    },
    lockFor: (who) => {
      lock = lockOf(who);
    },
    cut: () => {
      isCut = true;
    },
    repair: () => {
      isCut = false;
    },
    answerInstead: (method, answer) =>
      void (answer === undefined ? instead.delete(method) : instead.set(method, answer)),
    lock: () => lock,
    stop: () => new Promise((resolve) => void (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
