import { AnycastError } from "../core/errors";

/** Longest head of an answer, in bytes. */
const HEAD_LIMIT = 64 * 1024;

type State = "head" | "body" | "chunk-size" | "chunk" | "chunk-end" | "trailers" | "done";

/**
 * Reads one HTTP/1.x answer from bytes as they come and tells when it is complete. The body is counted, not kept.
 * Interim answers (1xx) are read over.
 */
export class HttpResponse {
  /** Status code; 0 until the head was read. */
  public status = 0;
  /** Bytes of the body so far, without transfer coding. */
  public bodyBytes = 0;
  private state: State = "head";
  private pending: Buffer = Buffer.alloc(0);
  /** Bytes of the body or chunk still to come; undefined: the body ends with the connection. */
  private remaining: number | undefined;

  public get done(): boolean {
    return this.state === "done";
  }

  /** @throws AnycastError `MalformedAnswer` */
  public feed(chunk: Buffer): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    while (this.state !== "done" && this.step());
  }

  /** The connection ended. @throws AnycastError `AnswerCutShort` when more was announced */
  public end(): void {
    if (this.state === "body" && this.remaining === undefined) this.state = "done";
    if (this.state === "done") return;
    throw new AnycastError(
      "AnswerCutShort",
      this.status === 0
        ? "The connection ended before an answer came."
        : `The connection ended in the middle of the answer, after ${this.bodyBytes} bytes of its body.`,
    );
  }

  /** Takes one element of the answer from what is pending. @returns false when more bytes are needed */
  private step(): boolean {
    switch (this.state) {
      case "head":
        return this.readHead();
      case "chunk-size":
        return this.readChunkSize();
      case "trailers":
        return this.readTrailer();
      case "chunk-end":
        return this.readChunkEnd();
      default:
        return this.readBody();
    }
  }

  private readHead(): boolean {
    const end = this.pending.indexOf("\r\n\r\n");
    if (end > HEAD_LIMIT || (end < 0 && this.pending.length > HEAD_LIMIT)) throw malformed("a head that never ends");
    if (end < 0) {
      const start = this.pending.toString("latin1", 0, 5);
      if (!"HTTP/".startsWith(start)) throw malformed(`\`${start.replace(/[^ -~]/g, "?")}\` in place of \`HTTP/\``);
      return false;
    }
    const [statusLine = "", ...lines] = this.pending.toString("latin1", 0, end).split("\r\n");
    this.pending = this.pending.subarray(end + 4);
    const status = /^HTTP\/1\.[01] ([1-5]\d\d)(?: |$)/.exec(statusLine)?.[1];
    if (status === undefined) throw malformed("a status line that is not HTTP/1.x");
    if (status.startsWith("1")) {
      if (status === "101") throw malformed("a change of protocol nobody asked for");
      return true;
    }
    this.status = Number(status);
    this.beginBody(lines);
    return true;
  }

  /** RFC 9112, 6.3: how long the body is. */
  private beginBody(lines: readonly string[]): void {
    const header = (name: string): string[] =>
      lines
        .filter((line) => line.slice(0, line.indexOf(":")).toLowerCase() === name)
        .flatMap((line) => line.slice(line.indexOf(":") + 1).split(","))
        .map((value) => value.trim());
    const coding = header("transfer-encoding");
    const lengths = [...new Set(header("content-length"))];
    if (this.status === 204 || this.status === 304) {
      this.state = "done";
    } else if (coding.length > 0) {
      // Any other last coding means that the body ends with the connection.
      this.state = coding.at(-1)?.toLowerCase() === "chunked" ? "chunk-size" : "body";
    } else if (lengths.length > 0) {
      const [length = ""] = lengths;
      if (lengths.length > 1 || !/^\d{1,15}$/.test(length)) throw malformed("a Content-Length that is not one number");
      this.remaining = Number(length);
      this.state = this.remaining === 0 ? "done" : "body";
    } else {
      this.state = "body";
    }
  }

  private readBody(): boolean {
    const taken = Math.min(this.pending.length, this.remaining ?? Infinity);
    this.bodyBytes += taken;
    this.pending = this.pending.subarray(taken);
    if (this.remaining === undefined) return false;
    this.remaining -= taken;
    if (this.remaining > 0) return false;
    this.state = this.state === "chunk" ? "chunk-end" : "done";
    return true;
  }

  private readChunkSize(): boolean {
    const line = this.takeLine();
    if (line === undefined) return false;
    const size = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
    if (size === undefined) throw malformed("a chunk without a size");
    this.remaining = parseInt(size, 16);
    this.state = this.remaining === 0 ? "trailers" : "chunk";
    return true;
  }

  private readChunkEnd(): boolean {
    const line = this.takeLine();
    if (line === undefined) return false;
    if (line !== "") throw malformed("a chunk longer than its size");
    this.state = "chunk-size";
    return true;
  }

  private readTrailer(): boolean {
    const line = this.takeLine();
    if (line === "") this.state = "done";
    return line !== undefined;
  }

  private takeLine(): string | undefined {
    const end = this.pending.indexOf("\r\n");
    if (end > HEAD_LIMIT || (end < 0 && this.pending.length > HEAD_LIMIT)) throw malformed("a line that never ends");
    if (end < 0) return undefined;
    const line = this.pending.toString("latin1", 0, end);
    this.pending = this.pending.subarray(end + 2);
    return line;
  }
}

function malformed(what: string): AnycastError {
  return new AnycastError("MalformedAnswer", `Expected an HTTP/1.x answer, got ${what}. Fix: check the URL's port.`);
}
