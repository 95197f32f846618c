/** Checks every pull request in the sandbox: no credentials are needed, and none are given. */
export const POLICY_WORKFLOW = `name: policy
on: pull_request
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - uses: hashicorp/setup-terraform@v3
        with:
          terraform_wrapper: false
      - run: npm ci
      - run: npx anycast sandbox -- npx anycast plan
`;
