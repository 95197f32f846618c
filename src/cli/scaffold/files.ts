import { mainTs } from "./main-ts";
import { SERVICE_TEST_TS, SERVICE_TS } from "./service-ts";
import { GITLAB_JOBS } from "./gitlab";
import { githubWorkflow } from "./workflow";

/** Where a project's pipelines run. */
export const CI_SYSTEMS = ["github", "gitlab", "none"] as const;

export interface ScaffoldOptions {
  /** Name of the project: of its package and of its resources. */
  readonly name: string;
  readonly region: string;
  /** Version of this package. */
  readonly version: string;
  /** Where the reusable workflows of this package are, `OWNER/NAME@SHA`. */
  readonly workflows: string;
  /** @default "github" */
  readonly ci?: (typeof CI_SYSTEMS)[number];
  /** Where npm finds this package and that of the sandbox, e.g. tarballs. @default the registry has this version of both */
  readonly packages?: { readonly library: string; readonly sandbox: string };
}

/** Every file of a new project by its path. */
export function scaffoldFiles(options: ScaffoldOptions): ReadonlyMap<string, string> {
  const { ci = "github", workflows } = options;
  return new Map([
    ["package.json", json(packageJson(options))],
    ["cdktf.json", json(CDKTF_JSON)],
    ["tsconfig.json", json(TSCONFIG)],
    ["main.ts", mainTs(options.name, options.region)],
    ["service.ts", SERVICE_TS],
    ["service.test.ts", SERVICE_TEST_TS],
    ["anycast.yaml", ANYCAST_YAML],
    [".gitignore", "node_modules/\ndist/\ncdktf.out/\n.anycast/\n*.key\n*.tfstate\n*.tfstate.*\n*.tfplan\n"],
    ...(ci === "github" ? ([[".github/workflows/anycast.yml", githubWorkflow(workflows)]] as const) : []),
    ...(ci === "gitlab" ? ([[".gitlab-ci.yml", GITLAB_JOBS]] as const) : []),
    ["README.md", readme(options)],
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function packageJson({ name, version, packages }: ScaffoldOptions): object {
  return {
    name,
    version: "0.1.0",
    private: true,
    // No script sets a variable: the shells of Windows do that differently.
    scripts: {
      start: "npm test && npm run try",
      build: "tsc",
      test: "tsc && jest",
      plan: "anycast plan",
      deploy: "anycast deploy",
      try: "anycast sandbox -- anycast deploy --auto-approve --verify auto",
    },
    jest: { roots: ["<rootDir>/dist"] },
    dependencies: { cdktf: "0.21.0", "cdktf-alicloud-anycast": packages?.library ?? version, constructs: "10.6.0" },
    // The sandbox has this package's version: both are published together.
    devDependencies: {
      "@types/jest": "^30",
      "@types/node": "^20",
      "alicloud-sandbox": packages?.sandbox ?? version,
      jest: "^30",
      tsx: "^4",
      typescript: "^5",
    },
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
    sourceMap: true,
    outDir: "dist",
    rootDir: ".",
    types: ["node", "jest"],
  },
  include: ["*.ts"],
};

const ANYCAST_YAML = `# What the policy gate allows. Every key has a default; \`anycast explain\` lists the rules.
# regions: [cn-hongkong, ap-southeast-1, eu-central-1]
# levels:
#   change/interruption: warn
`;

const PIPELINES = {
  github: `
.github/workflows/anycast.yml checks pull requests, deploys main, looks for drift and frees locks. It takes the secrets
ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, and an environment \`production\` with reviewers.
`,
  gitlab: `
.gitlab-ci.yml checks merge requests. For a note on each, put a project access token (api) into the variable ANYCAST_NOTE_TOKEN.
`,
  none: "",
};

const readme = ({ name, ci = "github" }: ScaffoldOptions): string => `# ${name}

An Anycast EIP for Alibaba Cloud, deployed through a policy gate.

    npm install      # commit package-lock.json: pipelines install from it
    npx anycast setup   # downloads OpenTofu where there is no terraform
    npm start        # both of the next two
    npm test         # plans service.ts in the sandbox, and checks the plan
    npm run try      # everything in the sandbox: no account, nothing real; measures at the end
    npm run plan     # plan and check against the real account
    npm run deploy   # plan, check, ask, apply exactly what was checked

\`service.ts\` is the stack, \`main.ts\` the app. Terraform has to be there; an account has not, for all but the last two.
Without tsx it runs too: \`npm run build && node dist/main.js\` synthesises.

To keep \`cdktf deploy\`, set TERRAFORM_BINARY_NAME to anycast-terraform and run \`npx cdktf-cli@0.21.0 deploy\`.

The provider takes its credentials from ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY. The state is in a local file until
main.ts says otherwise; what the sandbox left is refused there, and the message says what to remove.
${PIPELINES[ci]}`;
