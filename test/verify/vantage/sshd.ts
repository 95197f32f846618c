import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../../../src/core/process";

export interface Sshd {
  readonly port: number;
  /** A configuration for ssh that knows the server and has a key for it. */
  readonly config: string;
  /** A configuration without a key. */
  readonly keyless: string;
  stop(): Promise<void>;
}

const SSHD = "/usr/sbin/sshd";

/**
 * A real sshd on loopback, with keys of its own, whose users find only these programs.
 * @param programs names of programs. @default all that this process finds
 */
export async function startSshd(programs?: readonly string[]): Promise<Sshd> {
  const directory = mkdtempSync(join(tmpdir(), "anycast-sshd-"));
  const at = (name: string): string => join(directory, name);
  for (const name of ["host", "user"]) await keygen(at(name));
  await run("cp", [at("user.pub"), at("authorized")]);
  const port = await freePort();
  const path = programs === undefined ? (process.env.PATH ?? "") : pathWith(at("bin"), programs);
  writeFileSync(
    at("sshd_config"),
    [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${at("host")}`,
      `AuthorizedKeysFile ${at("authorized")}`,
      `PidFile none`,
      "StrictModes no",
      "UsePAM no",
      "PasswordAuthentication no",
      "PermitRootLogin prohibit-password",
      `SetEnv PATH=${path}`,
      "",
    ].join("\n"),
  );
  // As root sshd wants this directory, which the package makes only when the service starts.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  const client = (key: string): string =>
    [
      "Host *",
      `  User ${userInfo().username}`,
      `  IdentityFile ${key}`,
      "  IdentitiesOnly yes",
      "  IdentityAgent none",
      `  UserKnownHostsFile ${at("known")}`,
      "  StrictHostKeyChecking accept-new",
      "",
    ].join("\n");
  writeFileSync(at("config"), client(at("user")), { mode: 0o600 });
  writeFileSync(at("keyless"), client(at("nobody")), { mode: 0o600 });
  const child = spawn(SSHD, ["-D", "-e", "-f", at("sshd_config")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes("Server listening")) {
    if (child.exitCode !== null) throw new Error(`sshd did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    port,
    config: at("config"),
    keyless: at("keyless"),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function keygen(path: string): Promise<void> {
  const made = await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path]);
  if (made.exitCode !== 0) throw new Error(made.stderr.toString());
}

function pathWith(directory: string, programs: readonly string[]): string {
  mkdirSync(directory);
  for (const name of programs) {
    const found = (process.env.PATH ?? "").split(delimiter).find((one) => existsSync(join(one, name)));
    if (found === undefined) throw new Error(`${name} is not installed`);
    symlinkSync(join(found, name), join(directory, name));
  }
  return directory;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
