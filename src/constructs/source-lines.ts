import { join, relative, sep } from "node:path";
import { Node } from "constructs";

/** Type of the metadata in which cdktf records where an element was created. */
const MARK = "stacktrace";

let recording = false;

/**
 * Writes into the synthesised configuration where each construct was created: `file:line:column` in the program's own
 * TypeScript, relative to the working directory. The gate then names the line of a finding. Call it before the App is
 * made. Positions are those of the sources where Node maps them (tsx, ts-node, `node --enable-source-maps`).
 */
export function recordSourceLines(): void {
  if (recording) return;
  recording = true;
  const plain = Node.prototype.addMetadata;
  Node.prototype.addMetadata = function (this: Node, type, data, options): void {
    const trace = type === MARK ? callersLine(new Error().stack ?? "") : undefined;
    plain.call(this, type, data, trace === undefined ? options : { ...options, stackTraceOverride: [trace] });
  };
}

/** Where the program is that calls this library, as far as it is recorded. */
export function programLine(): string | undefined {
  return recording ? callersLine(new Error().stack ?? "") : undefined;
}

/** The nearest frame that is not in a library or in this package. */
function callersLine(stack: string): string | undefined {
  for (const frame of stack.split("\n").slice(1)) {
    const [, file, line, column] = /\(?(?:file:\/\/)?(\/[^()]+|[A-Za-z]:[^()]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (file === undefined || isLibrary(file)) continue;
    return `${relative(process.cwd(), file).split(sep).join("/")}:${String(line)}:${String(column)}`;
  }
  return undefined;
}

function isLibrary(file: string): boolean {
  const path = file.split(sep).join("/");
  return (
    path.includes("/node_modules/") ||
    path.includes("/packages/provider-alicloud/") ||
    LIBRARY.some((place) => path.startsWith(place))
  );
}

/** The directories of this library's constructs and bindings. */
const LIBRARY = [__dirname, join(__dirname, "..", "..", "alicloud")].map((place) => `${place.split(sep).join("/")}/`);
