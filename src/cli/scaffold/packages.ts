import { existsSync } from "node:fs";
import { join } from "node:path";
import { AnycastError } from "../../core/errors";
import { run } from "../../core/process";
import type { CliIo } from "../io";

/**
 * Tarballs of both packages, as `npm pack` names them.
 * @throws AnycastError `PackagesNotFound`
 */
export function tarballsIn(directory: string, version: string): { readonly library: string; readonly sandbox: string } {
  const find = (name: string): string => {
    const path = join(directory, `${name}-${version}.tgz`);
    if (existsSync(path)) return `file:${path}`;
    throw new AnycastError(
      "PackagesNotFound",
      `There is no ${name}-${version}.tgz in the directory of --packages (at ${directory}). Fix: put the tarballs that \`npm pack\` makes of both packages there.`,
    );
  };
  return { library: find("cdktf-alicloud-anycast"), sandbox: find("alicloud-sandbox") };
}

/**
 * Runs npm in a new project, its output on stderr.
 * @throws AnycastError `PackagesNotInstalled`
 */
export async function installPackages(directory: string, io: CliIo): Promise<void> {
  // Under npx and in scripts npm gives its path; on Windows its name alone is not found without a shell.
  const npm = io.env.npm_execpath;
  const [program, ...args] = npm === undefined || !/\.c?js$/.test(npm) ? ["npm"] : [process.execPath, npm];
  const onOutput = (chunk: Buffer): void => void io.stderr.write(chunk.toString("utf8"));
  const ended = await run(program!, [...args, "install", "--no-audit", "--no-fund"], {
    cwd: directory,
    env: withoutOuterProject(io.env),
    discard: true,
    onStdout: onOutput,
    onStderr: onOutput,
  });
  if (ended.exitCode === 0) return;
  throw new AnycastError(
    "PackagesNotInstalled",
    `npm install did not work in ${directory}; its output says why. The project is there. Fix: run npm install there again.`,
  );
}

/** Without npm's variables about the project or the command that started this: it would install there. */
function withoutOuterProject(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const outer = /^npm_(package|lifecycle|command|config_(package|prefix|local_prefix|call|yes|global))/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !outer.test(name)));
}
