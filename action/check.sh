#!/usr/bin/env bash
# Runs `anycast check` for the action: annotations to the log, Markdown to the job summary, JSON for later steps.
# Exits as the check does: 0 allowed, 1 refused, 2 could not check; whatever else goes wrong is 2 as well.
set -uo pipefail

could_not() {
  # Only fixed texts come here, so nothing has to be escaped for the annotation.
  echo "::error title=anycast check::$1"
  exit 2
}

version="${ANYCAST_VERSION:-}"
if [[ -n "$version" && ! "$version" =~ ^[0-9A-Za-z][0-9A-Za-z.+-]*$ ]]; then
  could_not "Expected the input version to be a version such as 0.1.0. Fix: correct it, or leave it out."
fi

plans=()
while IFS= read -r line || [[ -n "$line" ]]; do
  line="${line%$'\r'}"
  [[ -n "${line//[[:space:]]/}" ]] && plans+=("$line")
done <<<"${ANYCAST_PLAN:-}"
if [[ ${#plans[@]} -eq 0 ]]; then
  could_not "Expected the input plan to name at least one plan, got none. Fix: give a path per line."
fi

work="$(mktemp -d "${RUNNER_TEMP:-/tmp}/anycast-XXXXXX")" || could_not "No folder could be made for the report."
report="$work/report.json"

if [[ -n "$version" ]]; then
  anycast=(npx --yes "--package=cdktf-alicloud-anycast@$version" -- anycast)
else
  anycast=(npx --no -- anycast)
fi
options=("--format=${ANYCAST_FORMAT:-github}" "--output=json=$report" "--output=markdown=$work/summary.md")
[[ -n "${ANYCAST_CONFIG_PATH:-}" ]] && options+=("--config=$ANYCAST_CONFIG_PATH")

"${anycast[@]}" check "${options[@]}" -- "${plans[@]}"
code=$?
# npx has exit codes of its own (a package that is not there, a signal): none of them is a verdict.
[[ $code -eq 0 || $code -eq 1 ]] || code=2
# A verdict comes with its report. Without one nothing was checked, whatever the exit code says.
[[ -s "$report" ]] || code=2

if [[ -s "$work/summary.md" && -n "${GITHUB_STEP_SUMMARY:-}" ]]; then
  cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY" || code=2
fi
if [[ -n "${GITHUB_OUTPUT:-}" ]]; then
  verdicts=(allowed denied error)
  printf 'verdict=%s\nreport=%s\n' "${verdicts[$code]}" "$report" >>"$GITHUB_OUTPUT" || code=2
fi
exit "$code"
