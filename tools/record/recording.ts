/** A binary of the released provider, and how it is used. */
export interface Released {
  readonly binary: string;
  /** Configuration of terraform that uses the binary as the provider, without an installation. */
  readonly config: string;
  readonly tell: (line: string) => void;
}

/** What was recorded: the contents of files, by their path in the repository; undefined for one that is to go. */
export type Files = Readonly<Record<string, string | Buffer | undefined>>;

export type Recorder = (released: Released) => Promise<Files>;

/** Where the sandbox's tests look. */
export const FIXTURES = "packages/sandbox/test/provider/fixtures";

/** One record a line, so that a difference shows which. */
export const linesOf = (records: readonly unknown[]): string =>
  `[\n${records.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`;
