import { AnycastError } from "../../core/errors";
import { isProgram, programPath } from "../../core/setup-action-wrapper";
import { fetchedOpenTofu, OPENTOFU_DIRECTORY } from "../../core/fetched-opentofu";
import committed from "../../core/opentofu-release.json";
import { readRegularFile } from "../../core/regular-file";
import { installedTerraform, namedTerraform } from "../../core/terraform-binary";
import { byHand, download } from "./download";
import { placeProgram } from "./place";
import type { Archive, Release } from "./release";
import { archiveFor } from "./release";

/** Forbids every download. */
export const NO_DOWNLOAD = "ANYCAST_NO_DOWNLOAD";

export type SetUpEvent =
  | { readonly type: "download-started"; readonly version: string; readonly url: string; readonly directory: string }
  | { readonly type: "download-progress"; readonly received: number; readonly total: number | undefined };

export interface SetUpOptions {
  readonly env: NodeJS.ProcessEnv;
  /** An archive that was downloaded already. @default it is downloaded */
  readonly archive?: string | undefined;
  readonly emit: (event: SetUpEvent) => void;
  /** @default that of this machine */
  readonly platform?: { readonly system: string; readonly architecture: string };
  /** @default the one whose sums are committed */
  readonly release?: Release;
  /** Where the program is put. @default `.setup/opentofu-VERSION` of this package */
  readonly directory?: string;
}

export interface SetUpResult {
  readonly path: string;
  /** Who put it there. */
  readonly origin: "named" | "installed" | "fetched-before" | "fetched";
  /** Of what was fetched. */
  readonly version?: string;
}

/**
 * Makes sure that there is a terraform to run: OpenTofu is fetched where neither terraform nor tofu is named or on PATH.
 * @throws AnycastError `ProgramNotFound`, `PlatformUnknown`, `DownloadForbidden`, `DownloadFailed`, `ArchiveNotExpected`
 */
export async function setUpTerraform(options: SetUpOptions): Promise<SetUpResult> {
  const { env, emit, directory = OPENTOFU_DIRECTORY, release = committed } = options;
  const present = presentTerraform(env, directory);
  if (present !== undefined) return present;
  const { system, architecture } = options.platform ?? { system: process.platform, architecture: process.arch };
  const archive = archiveFor(release, env, system, architecture);
  const { version } = archive;
  const bytes = options.archive === undefined ? await fetched() : readRegularFile(options.archive);
  const path = placeProgram(archive, bytes, options.archive ?? archive.url, directory);
  return { path, origin: "fetched", version };

  function fetched(): Promise<Buffer> {
    proveAllowed(archive, env);
    emit({ type: "download-started", version, url: archive.url, directory });
    return download(archive, env, (received, total) => emit({ type: "download-progress", received, total }));
  }
}

function presentTerraform(env: NodeJS.ProcessEnv, directory: string): SetUpResult | undefined {
  const named = namedTerraform(env);
  if (named !== undefined) {
    const path = programPath(named, env);
    if (isProgram(path)) return { path, origin: "named" };
    throw new AnycastError(
      "ProgramNotFound",
      `The terraform named by ${env.ANYCAST_TERRAFORM ? "ANYCAST_TERRAFORM" : "TERRAFORM_BINARY_NAME"} is not there. Fix: correct the variable, or remove it to have OpenTofu downloaded.`,
    );
  }
  const installed = installedTerraform(env);
  if (installed !== undefined) return { path: programPath(installed, env), origin: "installed" };
  const before = fetchedOpenTofu(directory);
  return before === undefined ? undefined : { path: before, origin: "fetched-before" };
}

function proveAllowed(archive: Archive, env: NodeJS.ProcessEnv): void {
  if (env[NO_DOWNLOAD] === undefined || ["", "0", "false"].includes(env[NO_DOWNLOAD])) return;
  throw new AnycastError(
    "DownloadForbidden",
    `Neither terraform nor tofu was found, and ${NO_DOWNLOAD} forbids the download of OpenTofu. Fix: remove ${NO_DOWNLOAD}; or ${byHand(archive)}`,
  );
}
