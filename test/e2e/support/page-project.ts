import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { run } from "../../../src/core/process";
import { terraformEnvironment } from "../../../src/core/terraform-binary";
import { REPOSITORY } from "../../support/cloud-project";
import { linkModules } from "../../support/linked-modules";
import type { Run } from "./page-commands";
import { inTerminal, press, until } from "./terminal";

/** As npx does it for a program of the project, without the time that npm takes to start. */
const NPX = `#!/bin/sh
test -x "$ANYCAST_TEST_BIN/$1" || { echo "npx would install $1 from the registry" >&2; exit 99; }
PATH="$ANYCAST_TEST_BIN:$PATH" exec "$@"
`;

/** A plan of HCL: what `terraform plan` reads where there is no CDKTF. */
const HCL = `
terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
provider "alicloud" { region = "ap-southeast-1" }
resource "alicloud_vpc" "it" { cidr_block = "10.0.0.0/16" }
resource "alicloud_vswitch" "it" {
  vpc_id     = alicloud_vpc.it.id
  cidr_block = "10.0.1.0/24"
  zone_id    = "ap-southeast-1a"
}
resource "alicloud_slb_load_balancer" "it" {
  address_type         = "intranet"
  vswitch_id           = alicloud_vswitch.it.id
  instance_charge_type = "PayByCLCU"
}
resource "alicloud_eipanycast_anycast_eip_address" "it" {
  service_location = "international"
  tags             = { owner = "team-web" }
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "it" {
  anycast_id              = alicloud_eipanycast_anycast_eip_address.it.id
  bind_instance_id        = alicloud_slb_load_balancer.it.id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
`;

export interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** A project that `anycast init` has just made, for the commands of the pages; `alone` is a second one. */
export class PageProject {
  private readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "anycast-pages-")));
  private readonly served = join(this.directory, "served", "my-service");
  private readonly alone = join(this.directory, "alone", "my-service");
  private readonly env: NodeJS.ProcessEnv;
  private server: ChildProcess | undefined;
  private store: Awaited<ReturnType<typeof conditionalStore>> | undefined;

  public constructor() {
    const programs = join(this.directory, "programs");
    mkdirSync(programs);
    writeFileSync(join(programs, "npx"), NPX, { mode: 0o755 });
    const { CI: _ci, ...env } = terraformEnvironment();
    this.env = { ...env, NO_COLOR: "1", PATH: `${programs}${delimiter}${process.env.PATH}` };
  }

  public async make(): Promise<void> {
    this.store = await conditionalStore();
    for (const project of [this.served, this.alone]) {
      mkdirSync(join(project, ".."), { recursive: true });
      await run(join(REPOSITORY, "bin/anycast"), ["init", "my-service"], { cwd: join(project, "..") });
      linkModules(join(project, "node_modules"), ["cdktf", "alicloud-sandbox"]);
      mkdirSync(join(project, "hcl"));
      writeFileSync(join(project, "hcl", "main.tf"), HCL);
    }
    cpSync(join(REPOSITORY, "policies"), join(this.served, "hcl/policies"), { recursive: true });
  }

  /** A command that goes on until the sandbox is stopped; the other ones read the variables that it prints. */
  public async serve(command: string): Promise<Ended> {
    this.server = spawn("/bin/sh", ["-c", `exec ${command}`], { cwd: this.served, env: this.environment(this.served) });
    return { code: 0, said: await this.variables(join(this.served, "sandbox.env")) };
  }

  /** A second sandbox, in the project that has none; only until it serves. */
  public async serveOnce(command: string): Promise<Ended> {
    const project = join(this.alone, "hcl");
    rmSync(join(project, "sandbox.env"), { force: true });
    const server = spawn("/bin/sh", ["-c", `exec ${command}`], { cwd: project, env: this.environment(this.alone) });
    try {
      return { code: 0, said: await this.variables(join(project, "sandbox.env")) };
    } finally {
      await ended(server);
    }
  }

  private async variables(path: string): Promise<string> {
    const read = (): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
    await until(() => /ANYCAST_SANDBOX[^]*\n$/.test(read()), read);
    return read();
  }

  public async run(command: string, how: Run): Promise<Ended> {
    const project = how.alone === true ? this.alone : this.served;
    const text = Object.entries(how.with ?? {}).reduce((all, [from, to]) => all.replaceAll(from, to), command);
    const inside = how.alone === true ? "" : `. ${join(this.served, "sandbox.env")} && `;
    const line = `${inside}${how.after === undefined ? "" : `{ ${how.after}; } >&2 && `}${text}`;
    const cwd = join(project, how.at ?? "");
    const env = this.environment(project);
    if (how.answer !== undefined) {
      const terminal = inTerminal("/bin/sh", ["-c", line], cwd, env);
      let isOver = false;
      void terminal.code.then(() => (isOver = true));
      await until(
        () => isOver || /Only 'yes'|Approve/.test(terminal.output()),
        () => terminal.output(),
      );
      if (!isOver) await press(terminal, how.answer, () => isOver);
      return { code: await terminal.code, said: terminal.output() };
    }
    const { exitCode, stdout, stderr } = await run("/bin/sh", ["-c", line], { cwd, env });
    return { code: exitCode, said: stdout.toString() + stderr.toString() };
  }

  public async remove(): Promise<void> {
    if (this.server !== undefined) await ended(this.server);
    this.store?.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private environment(project: string): NodeJS.ProcessEnv {
    const places = {
      SERVED: this.served,
      STORE: this.store?.address,
      ANYCAST_TEST_BIN: join(project, "node_modules/.bin"),
    };
    return { ...this.env, ...places };
  }
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await gone;
}

/** A store that honours conditional writes. @returns its address, and how to stop it */
async function conditionalStore(): Promise<{ readonly address: string; stop(): void }> {
  const kept = new Set<string>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    response.writeHead(request.headers["if-none-match"] === "*" && kept.has(path) ? 412 : 200).end();
    kept.add(path);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}
