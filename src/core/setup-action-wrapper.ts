import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";

const found = new Map<string, string>();

/**
 * The program itself where PATH has a wrapper for it. The GitHub Actions setup-terraform and setup-opentofu put a
 * script named `terraform` on PATH, with the program next to it as `terraform-bin`. The script holds all output back
 * until the end, passes no signal on, and turns exit code 2 into 0.
 * @param program name or path, as it would be started
 * @returns `program` itself where nothing named PROGRAM-bin is next to it
 */
export function unwrappedProgram(program: string, env: NodeJS.ProcessEnv): string {
  const key = `${program}\0${env.PATH ?? ""}`;
  const known = found.get(key) ?? findUnwrapped(program, env);
  found.set(key, known);
  return known;
}

/** Path of the program with this name; the name itself where there is none. */
export function programPath(program: string, env: NodeJS.ProcessEnv): string {
  if (/[\\/]/.test(program)) return resolve(program);
  const directories = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const names = process.platform === "win32" ? [program, `${program}.exe`, `${program}.cmd`] : [program];
  const paths = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  return paths.find(isProgram) ?? program;
}

function findUnwrapped(program: string, env: NodeJS.ProcessEnv): string {
  const path = programPath(program, env);
  if (!isProgram(path)) return program;
  const stem = basename(path).replace(/\.(exe|cmd)$/i, "");
  const places = [...new Set([dirname(path), dirname(realpathSync(path))])];
  const candidates = places.flatMap((place) => [join(place, `${stem}-bin`), join(place, `${stem}-bin.exe`)]);
  return candidates.find(isProgram) ?? program;
}

/** Whether there is a file at this path that this user may run. */
export function isProgram(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
