import { commandsOf } from "../../docs/support/shell";
import { snippetsIn } from "../../docs/support/snippets";

/**
 * How a command of the pages runs in the project of the test. One that is not named here runs as it stands, in a shell
 * inside the sandbox, and ends with 0.
 */
export interface Run {
  /** Text that is put in the place of what each reader has another value for. */
  readonly with?: Readonly<Record<string, string>>;
  /** Shell commands before it, which make what the page takes for granted. */
  readonly after?: string;
  /** Outside of the sandbox that is served: it starts one itself. @default false */
  readonly alone?: boolean;
  /** Directory in the project. @default the project itself */
  readonly at?: string;
  /** It runs in a terminal; what is typed there if it asks for approval. @default it runs in none */
  readonly answer?: string;
  /** Its like runs in another command or test: with ANYCAST_TEST_PAGES=full only. @default false */
  readonly long?: boolean;
  /** What it says, besides its exit code. */
  readonly says?: RegExp;
}

/** Why a command runs in no project of this test, and the file that runs it or its like. */
export interface Elsewhere {
  readonly because: string;
  readonly file: string;
  /** What stands in that file. */
  readonly text: string;
}

const elsewhere = (because: string, file: string, text: string): Elsewhere => ({ because, file, text });
const CLONE = "it is for a clone of this repository";
const REGISTRY = "it installs from the registry";
const TOFU = "it needs OpenTofu";
const OPA = "it needs OPA";
const CLOUD = "it needs an account and an instance there";
const ENCRYPTED = elsewhere(TOFU, "test/opentofu/opentofu.test.ts", "TF_ENCRYPTION: ENCRYPTION");
const BY_OPA = elsewhere(OPA, "test/opa/page-commands.test.ts", "pageCommands()");

/** A measurement is as long as its reader likes. */
const BRIEF = "--duration 1s --samples 6";
/** By either way, from here. */
const MEASURED = /plain 6 answered, 0 failed; accelerated 6 answered, 0 failed/;
const NAME = { NAME: "my-service" };
const STACK = { at: "cdktf.out/stacks/my-service" };
const HCL = { at: "hcl" };
/** The addresses of the service that is deployed. */
const output = (name: string): string => `$(terraform -chdir=$SERVED/${STACK.at} output -raw ${name})`;
const URLS = { "http://203.0.113.7/": output("plain_url"), "http://198.51.100.9/": output("accelerated_url") };
const VERIFY = { "anycast verify": `anycast verify ${BRIEF}` };
const AUTO = { "--verify auto": `--verify auto ${BRIEF}` };
const RECORD = { "--url http://www.example.com/": `--url "${output("accelerated_url")}" ${BRIEF}` };
const DEPLOY = "npx anycast deploy --auto-approve";

export const RUNS: Readonly<Record<string, Run>> = {
  "terraform plan -out=plan.tfplan": { ...HCL, after: "terraform init -input=false" },
  "npx anycast check plan.tfplan": { ...HCL, says: /Verdict: allowed/ },
  "terraform show -json plan.tfplan > plan.json": HCL,
  "npx anycast deploy": { answer: "yes\r", says: /Apply exactly these to my-service/ },
  "npx anycast deploy --verify auto": { with: AUTO, answer: "yes\r", says: MEASURED },
  "TERRAFORM_BINARY_NAME=anycast-terraform npx cdktf deploy": { answer: "\r", long: true, says: /allowed/ },
  "npx anycast sandbox -- npx cdktf deploy --auto-approve": { alone: true, says: /Policy gate: allowed/ },
  "npx anycast sandbox status": { says: /running[^]*anycast-eip/ },
  "npx anycast plan": { says: /Verdict: allowed/ },
  [`${DEPLOY} --verify auto`]: { with: AUTO, says: MEASURED },
  "npx anycast destroy": { answer: "yes\r", says: /Destroy what they show/ },
  "TERRAFORM_BINARY_NAME=anycast-terraform npx cdktf deploy --auto-approve": { says: /Policy gate: allowed/ },
  "TERRAFORM_BINARY_NAME=anycast-terraform npx cdktf destroy": { answer: "\r", long: true },
  "npx anycast sandbox -- npx anycast deploy --auto-approve": { alone: true },
  "terraform state pull > state.json": { ...STACK, with: { "state.json": "$SERVED/state.json" } },
  "npx anycast sandbox --seed-state state.json -- npx anycast plan": {
    alone: true,
    with: { "state.json": "$SERVED/state.json --directory seeded" },
    says: /Verdict: allowed/,
  },
  "npx anycast sandbox --seed-state state.json -- npx cdktf plan NAME": {
    alone: true,
    long: true,
    with: { ...NAME, "state.json": "$SERVED/state.json --directory seeded" },
  },
  "cd cdktf.out/stacks/NAME": { with: NAME },
  "terraform init -input=false && terraform state push errored.tfstate && rm errored.tfstate": {
    ...STACK,
    after: "terraform state pull > errored.tfstate",
  },
  "npx anycast verify": { with: VERIFY, says: MEASURED },
  "npx anycast verify --plain http://203.0.113.7/ --accelerated http://198.51.100.9/": {
    with: { ...VERIFY, ...URLS },
    says: MEASURED,
  },
  "npx anycast verify --fail-on slower,inconclusive,errors --slo 'p95(total) < 300ms' --slo 'errors < 1%'": {
    with: { ...VERIFY, "300ms": "3000ms", ",inconclusive": "" },
    says: /Objective errors < 1%: met/,
  },
  [`${DEPLOY} --verify auto --fail-on-regression`]: { with: AUTO, long: true },
  "npx anycast verify --from london,hong-kong,frankfurt,virginia": { with: VERIFY, says: /From frankfurt/ },
  "npx anycast verify --watch --duration 10m": { with: { "10m": "2s" }, says: /answered all/ },
  [`${DEPLOY} --verify auto --watch`]: { with: AUTO, says: MEASURED, long: true },
  "npx anycast sandbox -- npx anycast deploy --auto-approve --verify auto --from london,hong-kong,frankfurt,virginia": {
    with: AUTO,
    alone: true,
    says: /From frankfurt/,
  },
  "npx anycast verify record before.json --url http://www.example.com/": { with: RECORD },
  "npx anycast verify record after.json --url http://www.example.com/": { with: RECORD },
  "npx alicloud-sandbox -- terraform apply": {
    ...HCL,
    alone: true,
    with: { "terraform apply": "sh -c 'terraform init -input=false && terraform apply'" },
    answer: "yes\r",
  },
  "npx alicloud-sandbox status": { ...HCL, alone: true },
};

export const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  "npm start": elsewhere(CLONE, ".ci/sections.sh", "npm start"),
  "npm test": elsewhere(CLONE, ".ci/guards.sh", "npm test"),
  "npm run bindings": elsewhere(CLONE, "package.json", '"bindings": "node tools/bootstrap.cjs bindings"'),
  "npm run bindings -- --all": elsewhere(CLONE, "test/cli/bindings.test.ts", "--all"),
  "npx -p cdktf-alicloud-anycast anycast init --install": elsewhere(
    REGISTRY,
    "test/e2e/init.test.ts",
    '"anycast", "init", "--install"',
  ),
  "npm install --save-dev alicloud-sandbox": elsewhere(REGISTRY, "test/package/packed-sandbox.test.ts", "install("),
  "TERRAFORM_BINARY_NAME=tofu npm start": elsewhere(TOFU, ".github/workflows/ci.yml", "TERRAFORM_BINARY_NAME: tofu"),
  "ANYCAST_TEST_TOFU=/usr/bin/tofu npx jest test/opentofu": elsewhere(
    TOFU,
    ".github/workflows/ci.yml",
    "jest test/opentofu",
  ),
  "export TERRAFORM_BINARY_NAME=tofu": ENCRYPTED,
  "npx anycast plan --save plans": ENCRYPTED,
  "npx anycast apply plans": ENCRYPTED,
  "conftest test plan.json --policy policies": elsewhere(
    "it needs conftest, which asks for data.main.deny",
    "test/opa/same-verdict.test.ts",
    "data.main.deny",
  ),
  "terraform force-unlock ID": elsewhere(
    "a state in a file of this machine has no lock to break",
    "test/e2e/deploy-http-backend.test.ts",
    "force-unlock",
  ),
  'npx anycast verify --vantage ssh:web-1.example.com --vantage globalping:London --vantage "globalping:São Paulo"':
    elsewhere("it measures over the internet", "test/verify/vantage/globalping.test.ts", "globalping:London"),
};

/** How a command runs. The store that is asked whether it honours conditional writes is at $STORE. */
export function runOf(command: string): Run {
  if (!command.startsWith("for i in 1 2")) return RUNS[command] ?? {};
  return {
    after: "unset ALL_PROXY all_proxy HTTP_PROXY http_proxy HTTPS_PROXY https_proxy",
    with: { "https://ENDPOINT": "$STORE", "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY": "id:secret" },
    says: /^200\n412$/m,
  };
}

/** What needs OPA by its program, or by the rules of a team; the Rego of the page comes with it. */
export function needsOpa(command: string): boolean {
  return command.startsWith("opa ") || command.includes("--policy own") || command.includes("acme-rules");
}

/** Where a command runs that is not run by test/e2e/page-commands.test.ts. */
export function elsewhereOf(command: string): Elsewhere | undefined {
  if (needsOpa(command)) return BY_OPA;
  if (command.startsWith("export TF_ENCRYPTION=")) return ENCRYPTED;
  if (command.startsWith("curl")) return elsewhere("it is run alone", "test/docs/curl-recipe.test.ts", "<!-- curl:");
  // Only GitHub can answer; what the command asks about is made by the step above it.
  if (command.startsWith("gh "))
    return elsewhere("it asks GitHub of a run there", "docs/security.md", "actions/attest@");
  if (command.startsWith("aliyun ")) return elsewhere(CLOUD, "test/verify/record.test.ts", "writeRecord");
  return ELSEWHERE[command];
}

/** Every command of the pages once, with the first place that it stands at. */
export function pageCommands(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { at, text } of snippetsIn("sh", "bash", "shell", "console")) {
    for (const command of commandsOf(text)) if (!found.has(command)) found.set(command, at);
  }
  return found;
}
