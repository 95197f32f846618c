import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { ConsumerProject, mustWork, npm, pack, ROOT } from "./consumer-project";
import type { Tarball } from "./consumer-project";

// npm installs real packages here.
jest.setTimeout(300_000);

const place = mkdtempSync(join(tmpdir(), "packed-"));
let library: Tarball;
let bindings: Tarball;
beforeAll(async () => {
  library = await pack(place);
  bindings = await pack(place, "@cdktf/provider-alicloud");
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const CONSUMER = `
import { App, TerraformStack, TerraformOutput } from "cdktf";
import { AlicloudProvider, AnycastEip, InternalClb } from "cdktf-alicloud-anycast";
import type { AnycastEipProps, InternalClbProps } from "cdktf-alicloud-anycast";
import { vswitch } from "cdktf-alicloud-anycast/alicloud";
import { AlidnsRecord } from "./alicloud/alidns-record";

const app = new App();
const stack = new TerraformStack(app, "mine");
new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
const net = new vswitch.Vswitch(stack, "net", { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", zoneId: "cn-hongkong-b" });
const inside: InternalClbProps = { vswitchId: net.id, name: "web" };
const props: AnycastEipProps = { name: "entry", bandwidth: 200 };
const eip = new AnycastEip(stack, "eip", props);
eip.attach(new InternalClb(stack, "clb", inside));
new TerraformOutput(stack, "ip", { value: eip.ipAddress });
new AlidnsRecord(stack, "record", { domainName: "example.com", rr: "www", type: "A", value: eip.ipAddress });
app.synth();
`;

/** Node's own, a peer, or this package itself. */
function isThere(name: string, peers: object): boolean {
  const own = name.startsWith("cdktf-alicloud-anycast");
  return own || isBuiltin(name) || Object.keys(peers).some((peer) => name === peer || name.startsWith(`${peer}/`));
}

describe("The packed library", () => {
  it("contains what its users need and nothing else", () => {
    const tops = new Set(
      library.files.map((file) =>
        file
          .split("/")
          .slice(0, file.startsWith("dist") ? 2 : 1)
          .join("/"),
      ),
    );
    expect([...tops].sort()).toEqual(
      expect.arrayContaining([
        "bin",
        "dist/alicloud",
        "dist/cli",
        "dist/policies",
        "dist/src",
        "dist/vendor",
        "package.json",
        "policies",
      ]),
    );
    const allowed =
      /^(bin|dist\/(src|cli|alicloud|vendor|policies)|policies|action|docs|packages\/provider-alicloud\/schema)\/|^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
    expect(library.files.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it("contains no tests, states, plans or keys, and no source maps except those of the command line", () => {
    const unwanted =
      /\.test\.|_test\.rego$|(?<!^dist\/cli\/[\w-]+\.js)\.map$|\.tfstate|\.tfplan$|\.env$|\.pem$|\.key$|\.npmrc$|settings\.yaml$|\.log$|\.tmp$/;
    expect([...library.files, ...bindings.files].filter((file) => unwanted.test(file))).toEqual([]);
  });

  it("depends on published packages only, and on none that is not used", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, object | undefined>;
    expect(manifest).not.toHaveProperty("dependencies");
    const { peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
    expect(Object.keys(peerDependencies)).toEqual(Object.keys(peerDependenciesMeta));
    const missing = [...library.files]
      .filter((file) => /^dist\/(src|cli|alicloud)\/.*\.(js|d\.ts)$/.test(file))
      .flatMap((file) => {
        const text = readFileSync(join(ROOT, file), "utf8");
        const found = [...text.matchAll(/(?:^import .*from |^export .*from |\brequire\()["']([^."'][^"']*)["']/gm)];
        return found
          .map(([, name]) => name!)
          .filter((name) => !isThere(name, peerDependencies))
          .map((name) => `${file}: ${name}`);
      });
    expect(missing).toEqual([]);
  });

  it("can be installed next to cdktf, type-checked under strict settings and used, without loading gate or sandbox", async () => {
    const project = new ConsumerProject();
    try {
      await project.install({
        "cdktf-alicloud-anycast": `file:${library.file}`,
        cdktf: "0.21.0",
        constructs: "10.6.0",
      });
      await project.node(["node_modules/cdktf-alicloud-anycast/bin/anycast", "bindings", "alidns_record"]);
      project.write("main.ts", CONSUMER);
      expect(await project.compile(["main.ts"])).toBe("");
      await project.node(["out/main.js"]);
      const made = JSON.parse(project.read("cdktf.out/stacks/mine/cdk.tf.json")) as {
        resource: Record<string, Record<string, Record<string, unknown>>>;
      };
      const attachments = Object.values(made.resource["alicloud_eipanycast_anycast_eip_address_attachment"] ?? {});
      expect(attachments).toEqual([
        expect.objectContaining({
          bind_instance_id: expect.stringMatching(/^\$\{alicloud_slb_load_balancer\..+\.id\}$/) as string,
          bind_instance_region_id: "cn-hongkong",
          bind_instance_type: "SlbInstance",
        }),
      ]);
      expect(Object.keys(made.resource)).toContain("alicloud_alidns_record");
      const script = `require("cdktf-alicloud-anycast");
        const heavy = /vendor|opa-wasm|alicloud-sandbox|ajv|commander|@alicloud/;
        console.log(JSON.stringify(Object.keys(require.cache).filter((file) => heavy.test(file))));`;
      expect(JSON.parse(await project.node(["-e", script]))).toEqual([]);
    } finally {
      project.remove();
    }
  });

  it("does what the README says of one's own code, from an empty folder", async () => {
    const page = readFileSync(join(ROOT, "README.md"), "utf8");
    const [, names] = /`npm install cdktf-alicloud-anycast ([^`]*)`/.exec(page) ?? [];
    const [, command] = /`npx (tsx [^`]*)` with\s+this as `main\.ts`/.exec(page) ?? [];
    const [, code] = /`main\.ts`[^]*?^```ts\n(.*?)^```$/ms.exec(page) ?? [];
    const project = new ConsumerProject();
    try {
      const packages = [library.file, ...names!.split(" ")];
      mustWork("npm install", await npm(["install", "--prefer-offline", ...packages], project.directory));
      project.write("main.ts", code!);
      // npx itself, which must find the program without asking for it.
      const args = ["exec", "--no", "--", ...command!.split(" ")];
      mustWork("npx", await run("npm", args, { cwd: project.directory, env: terraformEnvironment() }));
      const made = JSON.parse(project.read("cdktf.out/stacks/service/cdk.tf.json")) as { resource: object };
      expect(Object.keys(made.resource).sort()).toEqual([
        "alicloud_eipanycast_anycast_eip_address",
        "alicloud_eipanycast_anycast_eip_address_attachment",
        "alicloud_slb_listener",
        "alicloud_slb_load_balancer",
        "alicloud_vpc",
        "alicloud_vswitch",
      ]);
    } finally {
      project.remove();
    }
  });

  it("runs our own stacks unchanged with cdktn under the name cdktf, with the same JSON except for the version", async () => {
    const project = new ConsumerProject();
    try {
      await project.install({
        "cdktf-alicloud-anycast": `file:${library.file}`,
        "@cdktf/provider-alicloud": `file:${bindings.file}`,
        ajv: "8.20.0",
        "fastest-levenshtein": "1.0.16",
        cdktf: "npm:cdktn@0.24.0",
        constructs: "10.6.0",
        yaml: "2.9.1",
      });
      project.copy("main.ts", "stacks", "settings.yaml");
      // Our stacks are held to `strict`; the setting below goes beyond it.
      const but = { exactOptionalPropertyTypes: false, noPropertyAccessFromIndexSignature: false };
      expect(await project.compile(["main.ts", "stacks/refused-example.ts"], but)).toBe("");
      await project.node(["out/main.js"]);
      const theirs = project.read(STACK).replaceAll(project.directory, ROOT);

      const app = ["--conditions=anycast-source", "--import", "tsx", join(ROOT, "main.ts")];
      const env = { CDKTF_OUTDIR: join(place, "cdktf.out") };
      const own = await run(process.execPath, app, { cwd: ROOT, env: { ...terraformEnvironment(), ...env } });
      expect(own.exitCode).toBe(0);
      const ours = readFileSync(join(place, STACK), "utf8");
      expect(ours).toContain('"alicloud_eipanycast_anycast_eip_address_attachment"');
      expect(withoutVersion(theirs)).toEqual(withoutVersion(ours));
    } finally {
      project.remove();
    }
  });
});

const STACK = join("cdktf.out", "stacks", "quick-start", "cdk.tf.json");

/** The document without the version of the library that wrote it, and the lines, which differ as TypeScript and its output do. */
function withoutVersion(text: string): unknown {
  const { "//": comment, ...rest } = JSON.parse(text, (key, value: unknown) =>
    key === "stackTrace" ? undefined : value,
  ) as { "//": { metadata: Record<string, unknown> } };
  const { version, ...metadata } = comment.metadata;
  expect(version).toMatch(/^0\.\d+\.\d+$/);
  return { ...rest, "//": { ...comment, metadata } };
}
