import { join } from "node:path";
import { checkPlans } from "../../../src/check";
import type { CheckReport } from "../../../src/core/check-report";
import { render } from "../../../src/report";
import { PLANS, POLICY } from "./reports";

const COMMIT = "4f2c1d0e9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d";

/** A pull request that edits the settings, with one plan that is allowed and one that is refused. */
export async function refusedPullRequest(): Promise<CheckReport> {
  const names = ["module-output-good.json", "internet-facing.json"];
  const sources = names.map((name) => ({ name: name.replace(/\.json$/, ""), path: join(PLANS, name) }));
  const report = await checkPlans(sources, { emit: () => undefined, cwd: PLANS, env: {}, overview: true });
  const details = [
    "waiver added: `binding/internal-only` for `alicloud_eipanycast_anycast_eip_address_attachment.t`, owner `web team`, until 2027-01-31",
  ];
  const changes = [{ file: "apps/web/anycast.yaml", change: "changed" as const, details }];
  return {
    ...report,
    policy: POLICY,
    settings: [{ from: "main", commit: COMMIT, file: "apps/web/anycast.yaml", changes }],
  };
}

/** Its comment, as docs/pull-requests.md shows it. */
export async function exampleComment(): Promise<string> {
  const runUrl = "https://github.com/OWNER/infra/actions/runs/42";
  return render(await refusedPullRequest(), "comment", { directory: "apps/web", comment: { commit: COMMIT, runUrl } });
}
