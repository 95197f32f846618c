import { mainTs } from "./main-ts";
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
    ["main.ts", mainTs(options.name, options.region)],
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
      try: "anycast sandbox -- anycast deploy --auto-approve --verify auto",
      "cdktf:deploy": "TERRAFORM_BINARY_NAME=anycast-terraform npx cdktf-cli@0.21.0 deploy",
    },
    dependencies: { cdktf: "0.21.0", "cdktf-alicloud-anycast": version, constructs: "10.6.0" },
    // The sandbox has this package's version: both are published together.
    devDependencies: { "@types/node": "^20", "alicloud-sandbox": version, tsx: "^4", typescript: "^5" },
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

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["*.ts"],
};

const ANYCAST_YAML = `# What the policy gate allows. Every key has a default; \`anycast explain\` lists the rules.
# regions: [cn-hongkong, ap-southeast-1, eu-central-1]
# levels:
#   change/interruption: warn
`;

const readme = ({ name }: ScaffoldOptions): string => `# ${name}

An Anycast EIP for Alibaba Cloud, deployed through a policy gate.

    npm install      # commit package-lock.json: the workflow installs from it
    npx anycast setup   # downloads OpenTofu where there is no terraform
    npm run try      # everything in the sandbox: no account, nothing real; measures at the end
    npm run plan     # plan and check against the real account
    npm run deploy   # plan, check, ask, apply exactly what was checked

The provider takes its credentials from ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY. The state is in a local file until
main.ts says otherwise; what the sandbox left is refused there, and the message says what to remove.
`;
