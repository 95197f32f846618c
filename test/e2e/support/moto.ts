import { spawn } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../../../src/core/process";
import { REPOSITORY } from "../../support/cloud-project";

/** The version of the server, from PyPI. */
const MOTO = "moto[server]==5.2.5";
const PLACE = join(REPOSITORY, "node_modules/.cache/moto-5.2.5");

/** An S3 server that other people wrote, with conditional writes. */
export interface S3Server {
  /** The backend of a state in it. */
  backend(key: string): object;
  keys(): Promise<string[]>;
  get(key: string): Promise<string>;
  put(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  readonly endpoint: string;
  readonly bucket: string;
  /** Credentials. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

const BUCKET = "states";

/** Installs the server, once. Two test files may do so at once: what is half installed is never seen. */
async function install(): Promise<void> {
  if (existsSync(PLACE)) return;
  const work = `${PLACE}.${String(process.pid)}`;
  const packages = join(work, "packages");
  for (const [file, ...args] of [
    ["python3", "-m", "venv", join(work, "venv")],
    [join(work, "venv/bin/pip"), "install", "-q", "--target", packages, MOTO],
  ] as const) {
    const ended = await run(file, args);
    if (ended.exitCode !== 0) throw new Error(`${file} ${args.join(" ")}: ${ended.stderr.toString()}`);
  }
  try {
    renameSync(packages, PLACE);
  } catch (thrown) {
    // The other file was quicker.
    if (!existsSync(PLACE)) throw thrown;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Installs the server where it is not there, and starts it on a free port of this machine. */
export async function startS3(): Promise<S3Server> {
  await install();
  const port = await freePort();
  const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    env: { ...process.env, PYTHONPATH: PLACE },
  });
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
    get: async (key) =>
      (await fetch(`${address}/${BUCKET}/${key}`, { headers: { authorization: "AWS test:test" } })).text(),
    remove: async (key) => {
      const headers = { authorization: "AWS test:test" };
      await fetch(`${address}/${BUCKET}/${key}`, { method: "DELETE", headers });
    },
    put: async (key, body) => void (await fetch(`${address}/${BUCKET}/${key}`, { method: "PUT", body })),
    endpoint: address,
    bucket: BUCKET,
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
