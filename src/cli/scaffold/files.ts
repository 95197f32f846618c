import { POLICY_WORKFLOW } from "./workflow";

export interface ScaffoldOptions {
  /** Name of the project: of its package and of its resources. */
  readonly name: string;
  readonly region: string;
  /** Version of this package. */
  readonly version: string;
}

/** Every file of a new project by its path. */
export function scaffoldFiles(options: ScaffoldOptions): ReadonlyMap<string, string> {
  return new Map([
    ["package.json", json(packageJson(options))],
    ["cdktf.json", json(CDKTF_JSON)],
    ["tsconfig.json", json(TSCONFIG)],
    ["main.ts", mainTs(options)],
    ["anycast.yaml", ANYCAST_YAML],
    [".gitignore", "node_modules/\ncdktf.out/\n.anycast/\n*.key\n*.tfstate\n*.tfstate.*\n*.tfplan\n"],
    [".github/workflows/anycast.yml", POLICY_WORKFLOW],
    ["README.md", readme(options)],
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function packageJson({ name, version }: ScaffoldOptions): object {
  return {
    name,
    version: "0.1.0",
    private: true,
    scripts: {
      plan: "anycast plan",
      deploy: "anycast deploy",
      try: "anycast sandbox -- anycast deploy --auto-approve",
      "cdktf:deploy": "TERRAFORM_BINARY_NAME=anycast-terraform cdktf deploy",
    },
    dependencies: { cdktf: "0.21.0", "cdktf-alicloud-anycast": version, constructs: "10.6.0" },
    devDependencies: { "@types/node": "^20", tsx: "^4", typescript: "^5" },
  };
}

const CDKTF_JSON = {
  language: "typescript",
  app: "npx tsx main.ts",
  sendCrashReports: "false",
  terraformProviders: [],
  terraformModules: [],
  context: {},
};

/** The provider bindings come inside the library's package; `paths` makes them importable by their usual name. */
const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    paths: {
      "@cdktf/provider-alicloud/*": [
        "./node_modules/cdktf-alicloud-anycast/node_modules/@cdktf/provider-alicloud/*",
        "./node_modules/@cdktf/provider-alicloud/*",
      ],
    },
  },
  include: ["*.ts"],
};

const ANYCAST_YAML = `# What the policy gate allows. Every key has a default; \`anycast explain\` lists the rules.
# regions: [cn-hongkong, ap-southeast-1, eu-central-1]
# levels:
#   change/interruption: warn
`;

const mainTs = ({
  name,
  region,
}: ScaffoldOptions): string => `import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AnycastEip, InternalClb, PlainEip } from "cdktf-alicloud-anycast";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { DataAlicloudSlbZones } from "@cdktf/provider-alicloud/lib/data-alicloud-slb-zones";
import { Vpc } from "@cdktf/provider-alicloud/lib/vpc";
import { Vswitch } from "@cdktf/provider-alicloud/lib/vswitch";

const app = new App();
const stack = new TerraformStack(app, ${JSON.stringify(name)});
new AlicloudProvider(stack, "alicloud", { region: ${JSON.stringify(region)} });

const zones = new DataAlicloudSlbZones(stack, "zones", { availableSlbAddressType: "vpc" });
const vpc = new Vpc(stack, "vpc", { vpcName: ${JSON.stringify(`${name}-vpc`)}, cidrBlock: "10.0.0.0/16" });
const vswitch = new Vswitch(stack, "vswitch", {
  vswitchName: ${JSON.stringify(`${name}-vswitch`)},
  vpcId: vpc.id,
  cidrBlock: "10.0.1.0/24",
  zoneId: zones.zones.get(0).masterZoneId,
});

// An Anycast EIP binds only to an internal load balancer in a VPC; this class cannot be anything else.
const clb = new InternalClb(stack, "clb", { name: ${JSON.stringify(`${name}-clb`)}, vswitchId: vswitch.id });
clb.addListener({ protocol: "tcp", port: 80, backendPort: 8080 });

// The plain address is there for the comparison that \`anycast verify\` makes.
const plain = new PlainEip(stack, "plain", { name: ${JSON.stringify(`${name}-plain`)} });
plain.attach(clb);

const anycast = new AnycastEip(stack, "anycast", { name: ${JSON.stringify(`${name}-anycast`)} });
anycast.attach(clb);

new TerraformOutput(stack, "plain_url", { value: \`http://\${plain.ipAddress}/\`, staticId: true });
new TerraformOutput(stack, "accelerated_url", { value: \`http://\${anycast.ipAddress}/\`, staticId: true });

app.synth();
`;

const readme = ({ name }: ScaffoldOptions): string => `# ${name}

An Anycast EIP for Alibaba Cloud, deployed through a policy gate.

    npm install
    npm run try      # everything in the sandbox: no account, nothing real
    npm run plan     # plan and check against the real account
    npm run deploy   # plan, check, ask, apply exactly what was checked

The provider takes its credentials from ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY.
`;
