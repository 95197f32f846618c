/** Bytes that may still be written. Rows are rendered one by one, until the next would not fit. */
export class Budget {
  public constructor(private left: number) {}

  /** The rows that fit, and how many do not. */
  public take<T>(items: readonly T[], row: (item: T) => string): { rows: string[]; leftOut: number } {
    const rows: string[] = [];
    for (const item of items) {
      const text = row(item);
      const bytes = Buffer.byteLength(text) + 1;
      if (bytes > this.left) break;
      this.left -= bytes;
      rows.push(text);
    }
    return { rows, leftOut: items.length - rows.length };
  }
}
