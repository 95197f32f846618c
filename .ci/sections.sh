# The sections of .ci/run, from the quickest answer to the slowest.
# shellcheck shell=bash

section_static() {
  # The longest first, so that two cores end at about the same time.
  begin "eslint" npx --no -- eslint --max-warnings 0 .
  begin "files are formatted" npx --no -- prettier --check --log-level warn .
  begin "the generated pages are up to date" script tools/docs/main.ts --check
  begin "tsc" npx --no -- tsc --noEmit -p tsconfig.test.json
  begin "the reference and the reports of the interface are up to date" script tools/docs-api/main.ts --check
  begin "shell scripts parse" shell_scripts
  begin "only what belongs there is at the root" script tools/ci/surface.ts
  begin "no circular imports, of types neither" script tools/ci/cycles.ts
  begin "files are short" script tools/ci/sizes.ts
  begin "links in the documents" script tools/ci/links.ts
  begin "the architecture page is true" script tools/ci/architecture.ts
  begin "the benchmarks page shows the results" script tools/ci/benchmarks.ts
  begin "plain words" script tools/ci/words.ts
  begin "the version of the provider is written once" script tools/ci/provider-version.ts
  begin "no registry host is named" script tools/ci/hosts.ts
  begin "workflows: actions pinned, permissions least" script tools/ci/workflows.ts
  begin "no unused files, exports or dependencies" npx --no -- knip --no-progress
  begin "the published schemas and tables are up to date" script tools/docs-schemas/main.ts --check
  begin "the sandbox's data is up to date" script tools/sandbox-data.ts --check
  begin "the list of attributes that are lists is up to date" script tools/list-attributes.ts --check
  begin "the action's bundle is what the sources give" script tools/action/build.ts --check
  begin "what npm would publish" script tools/ci/pack.ts
  tell
}

# Programs from the Go proxy and from PyPI, so it is a section of its own.
section_workflows() {
  guard "actionlint, shellcheck and zizmor are there" install_linters
  guard "actionlint" actionlint
  guard "shellcheck" shellcheck --severity=warning .ci/run .ci/guards.sh .ci/sections.sh bin/anycast-terraform
  guard "zizmor" zizmor --offline --quiet --no-progress .github/workflows action/action.yml
}

# How many test files at a time: more than there are cores, as some of them wait for a clock or for other programs.
section_unit() {
  guard "sshd is there for the tests that need one" install_sshd
  tests unit --selectProjects unit --maxWorkers="$(per_core 1.5)"
}

section_policies() {
  guard "opa is there" install_opa
  guard "opa fmt" in_policies opa fmt --list --fail --diff .
  guard "opa check" in_policies opa check --strict --capabilities capabilities.json .
  guard "opa test, every line covered" opa_tests
  guard "the wasm is what the policies compile to" script tools/policies/build.ts --check
  tests policies --selectProjects opa
}

# All of it takes half an hour, so it runs when it is named: `bash .ci/run mutation`. ANYCAST_ONE_IN=40 takes one change of 40.
section_mutation() {
  guard "opa is there" install_opa
  guard "every condition of the policies is held by a test" mutate_policies ${ANYCAST_ONE_IN:+--one-in "$ANYCAST_ONE_IN"}
}

# The same: more than half of their time these tests wait for programs that wait.
section_e2e() {
  guard "a browser is there for the tests that need one" install_browser
  tests e2e --selectProjects e2e browser --maxWorkers="$(per_core 2)" ${ANYCAST_SHARD:+"--shard=$ANYCAST_SHARD"}
}

section_story() {
  guard "npm start tells the whole story" limited 1800 npm start
  guard "a second set-up has nothing to do" nothing_to_set_up
}
