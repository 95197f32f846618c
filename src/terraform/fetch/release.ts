import { AnycastError } from "../../core/errors";

/** A release of OpenTofu, as the committed file has it. */
export interface Release {
  readonly version: string;
  /** SHA-256 of `tofu_VERSION_PLATFORM.zip` in hexadecimal, by platform. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** An archive of OpenTofu's release for one platform. */
export interface Archive {
  readonly version: string;
  readonly name: string;
  readonly url: string;
  /** In hexadecimal. */
  readonly sha256: string;
  /** The file in it that is wanted. */
  readonly program: "tofu" | "tofu.exe";
}

const RELEASES = "https://github.com/opentofu/opentofu/releases/download";
/** Names another place with the same files, such as a company's mirror. The expected sums stay the same. */
const MIRROR = "ANYCAST_OPENTOFU_RELEASES";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const SYSTEMS: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin", win32: "windows" };

/**
 * The archive for one platform.
 * @param platform and @param architecture as Node names them
 * @throws AnycastError `PlatformUnknown`
 */
export function archiveFor(release: Release, env: NodeJS.ProcessEnv, platform: string, architecture: string): Archive {
  const { version } = release;
  const key = `${SYSTEMS[platform] ?? platform}_${ARCHITECTURES[architecture] ?? architecture}`;
  const sha256 = Object.hasOwn(release.sha256, key) ? release.sha256[key] : undefined;
  if (sha256 === undefined) {
    throw new AnycastError(
      "PlatformUnknown",
      `There is no checksum of OpenTofu ${version} for ${key} here, so it is not downloaded. Fix: install terraform or OpenTofu and put it on PATH, or name it by TERRAFORM_BINARY_NAME.`,
    );
  }
  const name = `tofu_${version}_${key}.zip`;
  const base = (env[MIRROR] === undefined || env[MIRROR] === "" ? RELEASES : env[MIRROR]).replace(/\/+$/, "");
  const program = key.startsWith("windows") ? "tofu.exe" : "tofu";
  return { version, name, url: `${base}/v${version}/${name}`, sha256, program };
}
