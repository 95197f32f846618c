import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../../../src/core/process";
import { REPOSITORY } from "../../support/cloud-project";

/** The version of the server, from PyPI. */
const MOTO = "moto[server]==5.2.5";
const PLACE = join(REPOSITORY, "node_modules/.cache/moto");

/** An S3 server that other people wrote, with conditional writes. */
export interface S3Server {
  /** The backend of a state in it. */
  backend(key: string): object;
  keys(): Promise<string[]>;
  /** Credentials. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

const BUCKET = "states";

/** Installs the server, once, and starts it on a free port of this machine. */
export async function startS3(): Promise<S3Server> {
  const program = join(PLACE, "bin/moto_server");
  if (!existsSync(program)) {
    for (const [file, ...args] of [
      ["python3", "-m", "venv", PLACE],
      [join(PLACE, "bin/pip"), "install", "-q", MOTO],
    ] as const) {
      const ended = await run(file, args);
      if (ended.exitCode !== 0) throw new Error(`${file} ${args.join(" ")}: ${ended.stderr.toString()}`);
    }
  }
  const port = await freePort();
  const child = spawn(program, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const address = `http://127.0.0.1:${port}`;
  const made = (): Promise<boolean> =>
    fetch(`${address}/${BUCKET}`, { method: "PUT" }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await made())) await sleep(200);
  return {
    backend: (key) => ({
      s3: {
        bucket: BUCKET,
        key,
        region: "us-east-1",
        endpoints: { s3: address },
        use_path_style: true,
        use_lockfile: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_requesting_account_id: true,
        skip_region_validation: true,
      },
    }),
    keys: async () => {
      const text = await (await fetch(`${address}/${BUCKET}`)).text();
      return [...text.matchAll(/<Key>([^<]*)/g)].map(([, key]) => key!).sort();
    },
    env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    stop: async () => {
      const ended = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
