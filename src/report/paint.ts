/** Colours for one line of text each; the plain ones leave it as it is. */
export type Paint = Readonly<Record<keyof typeof CODES, (line: string) => string>>;

const CODES = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] } as const;

export function paintWith(color: boolean): Paint {
  const entries = Object.entries(CODES).map(([name, [on, off]]) => [
    name,
    // The indent is not coloured.
    (line: string) => (color ? line.replace(/^( *)(.*)$/, `$1\u001b[${on}m$2\u001b[${off}m`) : line),
  ]);
  return Object.fromEntries(entries) as Paint;
}
