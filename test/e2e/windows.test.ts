import { join } from "node:path";
import type { CloudProject, Ended } from "../support/cloud-project";
import { makeCloudProject, RESOURCES } from "../support/cloud-project";

jest.setTimeout(240_000);

/**
 * What this project does differently on Windows, on this machine: no unix socket, no process group of terraform's own, no
 * signals, and the system's own shell for the app. It is no test of Windows itself.
 */
let project: CloudProject;
afterEach(() => project.stop());

const deploy = (onSpawn?: (pid: number) => void): Promise<Ended> =>
  project.anycast(["deploy", "--auto-approve"], {
    env: {
      ...project.env,
      NODE_OPTIONS: `--require "${join(__dirname, "support/windows.cjs")}"`,
      TERRAFORM_BINARY_NAME: "anycast-terraform.cmd",
      TEMP: project.env.TMPDIR,
      comspec: "/bin/sh",
    },
    detached: true,
    ...(onSpawn === undefined ? {} : { onSpawn }),
  });

describe("as on Windows", () => {
  it("deploys through a provider on a port of this machine", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } }, { transport: "tcp" });
    const { TF_REATTACH_PROVIDERS: attach = "{}" } = project.sandbox.env;
    expect(Object.values(JSON.parse(attach) as Record<string, unknown>)).toMatchObject([
      { Addr: { Network: "tcp", String: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string } },
      { Addr: { Network: "tcp" } },
    ]);
    const ended = await deploy();
    expect([ended.code, ended.out]).toEqual([0, expect.stringContaining("1 binding proven")]);
    expect(project.state("it")).toHaveLength(RESOURCES);
  });

  it("leaves Ctrl-C to the console, which tells terraform too, and the next run goes on", async () => {
    // The load balancer of the sandbox takes its time, in which the key is pressed.
    project = await makeCloudProject({ it: { type: "intranet" } }, { transport: "tcp", speed: 5 });
    const objects = (): number => project.sandbox.status().objects.length;
    const before = objects();
    const ended = await deploy((pid) => {
      const look = setInterval(() => {
        if (objects() === before) return;
        clearInterval(look);
        // A console tells every program in it.
        process.kill(-pid, "SIGINT");
      }, 50);
    });
    expect([ended.code, ended.out]).toEqual([2, expect.stringContaining("[ApplyInterrupted]")]);
    expect(project.state("it")?.length).toBeLessThan(RESOURCES);
    expect((await deploy()).code).toBe(0);
    expect(project.state("it")).toHaveLength(RESOURCES);
  });
});
