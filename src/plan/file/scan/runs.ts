/** Compares parts of one document with each other, eight bytes at a time. */
export class Runs {
  private readonly view: DataView;

  public constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** How many bytes are the same at `a` and at `b`, at most `length`; both parts must lie in the document. */
  public alike(a: number, b: number, length: number): number {
    const { view, bytes } = this;
    let i = 0;
    for (const last = length - 8; i <= last; i += 8) {
      const low = view.getInt32(a + i, true) ^ view.getInt32(b + i, true);
      if ((low | (view.getInt32(a + i + 4, true) ^ view.getInt32(b + i + 4, true))) !== 0) break;
    }
    while (i < length && bytes[a + i] === bytes[b + i]) i++;
    return i;
  }
}
