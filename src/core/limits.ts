/**
 * Most bytes of what becomes one string: 500 MiB. Node's strings hold little more, and Node reports it ("Invalid string
 * length") only when the work is done.
 */
export const MOST_TEXT = 500 * 2 ** 20;

/** Most bytes of a plan's JSON or file: 2 GiB less 1. It is read in parts, and never becomes one string. */
export const MOST_PLAN = 2 ** 31 - 1;

/** Most bytes of memory that a policy has while it evaluates one input: 4 GiB, all that WebAssembly can address. */
export const MOST_MEMORY = 2 ** 32;

/** Most bytes of a file of settings, such as anycast.yaml: 1 MiB. */
export const MOST_SETTINGS = 2 ** 20;

/** Most bytes of a receipt: 64 MiB. */
export const MOST_RECEIPT = 64 * 2 ** 20;

/** Most bytes of a key: 64 KiB. */
export const MOST_KEY = 64 * 2 ** 10;

/** A number of bytes as text: exact, and in the unit that it is a multiple of, or else in the nearest unit. */
export function bytesAsText(bytes: number): string {
  const [unit, size] =
    bytes >= 2 ** 30
      ? (["GiB", 2 ** 30] as const)
      : bytes >= 2 ** 20
        ? (["MiB", 2 ** 20] as const)
        : (["KiB", 2 ** 10] as const);
  return `${String(bytes)} bytes (${String(Math.round(bytes / size))} ${unit})`;
}
