/**
 * Checks every pull request in the sandbox: no credentials are needed, and none are given. The actions are those of
 * this package's own workflow, pinned alike; a test holds both together.
 */
export const POLICY_WORKFLOW = `name: policy
on: pull_request
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          # The settings of the base branch decide, not those of the pull request.
          fetch-depth: 0
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
      - run: npx --no -- anycast sandbox -- npx --no -- anycast plan --config-from "origin/$GITHUB_BASE_REF" --output markdown=policy.md
      - if: \${{ always() && hashFiles('policy.md') != '' }}
        run: cat policy.md >> "$GITHUB_STEP_SUMMARY"
`;
