import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROVIDER } from "../../src/bindings/provider";

/** Resources of the stack. */
export const RESOURCES = 5;
/** What there is to be of each kind in the cloud when the stack is deployed once. */
export const KINDS = ["vpc", "vswitch", "load-balancer", "anycast-eip"];

const STACK = {
  terraform: { required_providers: { alicloud: { source: PROVIDER.source, version: PROVIDER.version } } },
  provider: { alicloud: [{ region: "ap-southeast-1" }] },
  resource: {
    alicloud_vpc: { vpc: { vpc_name: "it", cidr_block: "10.0.0.0/16" } },
    alicloud_vswitch: {
      vswitch: { vpc_id: "${alicloud_vpc.vpc.id}", cidr_block: "10.0.1.0/24", zone_id: "ap-southeast-1a" },
    },
    alicloud_slb_load_balancer: {
      clb: {
        load_balancer_name: "it",
        address_type: "intranet",
        instance_charge_type: "PayByCLCU",
        vswitch_id: "${alicloud_vswitch.vswitch.id}",
      },
    },
    alicloud_eipanycast_anycast_eip_address: {
      eip: { anycast_eip_address_name: "it", service_location: "international" },
    },
    alicloud_eipanycast_anycast_eip_address_attachment: {
      bind: {
        anycast_id: "${alicloud_eipanycast_anycast_eip_address.eip.id}",
        bind_instance_id: "${alicloud_slb_load_balancer.clb.id}",
        bind_instance_type: "SlbInstance",
        bind_instance_region_id: "ap-southeast-1",
      },
    },
  },
};
const MANIFEST = {
  version: "0.21.0",
  stacks: {
    it: {
      name: "it",
      constructPath: "it",
      workingDirectory: "stacks/it",
      synthesizedStackPath: "stacks/it/cdk.tf.json",
      annotations: [],
      dependencies: [],
    },
  },
};

/** A project whose app writes one stack and is done at once: starting an app is not what is tried here. */
export interface TrialProject {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Addresses that the state holds; undefined where there is none. */
  state(): string[] | undefined;
  remove(): void;
}

export function makeTrialProject(): TrialProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-kill-")));
  const statePath = join(root, "terraform.it.tfstate");
  const terraform = { ...STACK.terraform, backend: { local: { path: statePath } } };
  writeFileSync(join(root, "stack.json"), JSON.stringify({ ...STACK, terraform }));
  writeFileSync(join(root, "manifest.json"), JSON.stringify(MANIFEST));
  const app =
    'mkdir -p "$CDKTF_OUTDIR/stacks/it" && cp stack.json "$CDKTF_OUTDIR/stacks/it/cdk.tf.json" && cp manifest.json "$CDKTF_OUTDIR/"';
  writeFileSync(join(root, "app.sh"), app);
  writeFileSync(join(root, "cdktf.json"), JSON.stringify({ language: "typescript", app: "sh app.sh", projectId: "x" }));
  mkdirSync(join(root, "tmp"));
  const env = { ...process.env, TMPDIR: join(root, "tmp"), CI: "1", FORCE_COLOR: "0", CHECKPOINT_DISABLE: "1" };
  return {
    root,
    env,
    state: () => {
      try {
        const { resources } = JSON.parse(readFileSync(statePath, "utf8")) as {
          resources: { type: string; name: string }[];
        };
        return resources.map(({ type, name }) => `${type}.${name}`);
      } catch {
        return undefined;
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
