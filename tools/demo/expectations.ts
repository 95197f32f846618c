/** What the demonstration itself checks while it runs; at its end all of it must hold. */
export class Expectations {
  private readonly broken: string[] = [];
  private count = 0;

  /** @param sentence says what should be, e.g. "the plan is allowed" */
  public that(holds: boolean, sentence: string, got?: unknown): void {
    this.count++;
    if (!holds) this.broken.push(got === undefined ? sentence : `${sentence} (got ${String(got)})`);
  }

  /** How many things were checked. */
  public get checked(): number {
    return this.count;
  }

  /** What should have been and was not. */
  public get failures(): readonly string[] {
    return this.broken;
  }
}
