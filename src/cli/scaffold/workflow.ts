/** Placeholder for the repository of the reusable workflows, until a release names it and its commit. */
const UNRELEASED = "OWNER/cdktf-alicloud-anycast@SHA";

/**
 * The workflow of a new project: its own tests, and a call of this package's reusable workflow for the rest.
 * @param source `OWNER/NAME@SHA`, as this package's package.json has it
 */
export function githubWorkflow(source: string): string {
  const [repository, commit] = source.split("@");
  const unnamed =
    source === UNRELEASED
      ? "\n# Put the owner of the repository and a commit in the place of OWNER and SHA below."
      : "";
  return `# A pull request is tested, planned in the sandbox without credentials, and checked. A push to main is deployed once the
# reviewers of the environment \`production\` approve. Each day one issue tells where the cloud differs from the code. A run by
# hand frees the lock of a stack that a dead run left.${unnamed}
name: anycast
on:
  pull_request:
  push: { branches: [main] }
  schedule: [{ cron: "17 5 * * *" }]
  workflow_dispatch: { inputs: { stack: {}, lock-id: {} } }
permissions: { actions: read, contents: read, issues: write, pull-requests: write, security-events: write }
jobs:
  test:
    if: github.event_name == 'pull_request'
    permissions: { contents: read }
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 20
          package-manager-cache: false
      - uses: hashicorp/setup-terraform@dfe3c3f87815947d99a8997f908cb6525fc44e9e # v4.0.1
        with:
          terraform_version: 1.11.4
          terraform_wrapper: false
      - run: npm ci
      - run: npm test
  anycast:
    uses: ${repository!}/.github/workflows/anycast.yml@${commit!}
    secrets:
      ALICLOUD_ACCESS_KEY: \${{ secrets.ALICLOUD_ACCESS_KEY }}
      ALICLOUD_SECRET_KEY: \${{ secrets.ALICLOUD_SECRET_KEY }}
`;
}
