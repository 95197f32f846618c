import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeAtExit } from "../left-overs";
import { readSeed } from "./read-seed";
import type { Recorded } from "./recorded";

export interface OpenSeed {
  readonly recorded: Recorded;
  /** Tells programs inside where the private copy is. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * Reads a state to seed from and lays a private copy of it where programs in the sandbox find it.
 * @throws SandboxError `SandboxSeedInvalid`
 */
export function openSeed(path: string): OpenSeed {
  const { state, recorded } = readSeed(path);
  const directory = mkdtempSync(join(tmpdir(), "anycast-seed-"));
  // mkdtemp gives 0700 minus the umask, so the mode is set explicitly.
  chmodSync(directory, 0o700);
  const copy = join(directory, "seed.tfstate");
  writeFileSync(copy, state, { mode: 0o400 });
  return {
    recorded,
    env: { ANYCAST_SANDBOX_SEED: copy },
    close: removeAtExit(directory),
  };
}
