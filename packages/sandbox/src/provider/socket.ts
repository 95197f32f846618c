import { randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemCodeOf } from "../errors";

const NAME = /^anycast-(\d+)-[0-9a-f]+\.sock$/;

/**
 * Path of a new socket. Short on purpose: a socket's path has room for about 100 bytes. The name tells whose it is, so
 * that the sockets of killed processes can be cleared away.
 */
export function newSocketPath(): string {
  const folder = tmpdir();
  for (const name of readdirSync(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
  return join(folder, `anycast-${process.pid}-${randomBytes(4).toString("hex")}.sock`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // A process of another user cannot be signalled, but it is running.
    return systemCodeOf(thrown) === "EPERM";
  }
}
