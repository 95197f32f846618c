/**
 * The program that runs on another host. The command for ssh is this constant; everything that differs (addresses,
 * headers) goes through the standard input, so that no shell reads it and no list of processes shows it.
 *
 * The first line of the input is the program for Node, as a JSON string; each further one is a request after its number, and
 * is answered by one line that begins with that number, in whatever order they end. A host without Node answers with curl.
 */
const WITH_NODE =
  'if command -v node >/dev/null 2>&1 && node -e "process.exit(+(parseInt(process.versions.node)<18))"; then echo anycast-probe node; ' +
  'exec node -e "require(\\"readline\\").createInterface({input:process.stdin}).once(\\"line\\",function(l){(0,eval)(JSON.parse(l))(this,require)})"; fi; ';
const WITH_CURL =
  'if command -v curl >/dev/null 2>&1; then echo anycast-probe curl; IFS= read -r program; while IFS=" " read -r id line; do ' +
  '{ out=$(printf %s "$line" | tr "\\t" "\\n" | curl --disable --config - 2>/dev/null); code=$?; ' +
  'printf "%s %s\\t%s\\n" "$id" "$code" "$(printf %s "$out" | tr "\\n" "\\t")"; } & done; wait; exit 0; fi; ';

/** @param curlOnly do not look for Node */
export function remoteCommand(curlOnly: boolean): string {
  return `exec sh -c '${curlOnly ? "" : WITH_NODE}${WITH_CURL}echo anycast-probe none'`;
}

/** One request, as the program reads it. */
export interface RemoteRequest {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly serverName: string;
  readonly method: string;
  readonly path: string;
  /** Names and values, alternating. */
  readonly headers: readonly string[];
  readonly timeoutMs: number;
  readonly family: 0 | 4 | 6;
  /** Addresses to take for the host; empty to look it up. */
  readonly addresses: readonly string[];
  readonly insecure: boolean;
}

/** The program for Node 18 and later. It needs only Node, and measures the same times as `measure`. */
export const NODE_PROGRAM = String.raw`(function (lines, require) {
  "use strict";
  const clients = { http: require("http"), https: require("https") };
  const { isIP } = require("net");
  const delay = require("perf_hooks").monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const CODES = { ECONNREFUSED: "ConnectionRefused", ECONNRESET: "ConnectionBroken", EPIPE: "ConnectionBroken",
    ETIMEDOUT: "ConnectionTimedOut", EHOSTUNREACH: "HostUnreachable", ENETUNREACH: "NetworkUnreachable",
    EADDRNOTAVAIL: "NetworkUnreachable", ENOTFOUND: "NameNotResolved", EAI_AGAIN: "NameNotResolved" };
  function once(q, done) {
    const began = performance.now();
    const us = {};
    const answer = { us };
    let bytes = 0;
    let received = false;
    let over = false;
    const reached = (name) => { us[name] = Math.round((performance.now() - began) * 1000); };
    const finish = (more) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      call.destroy();
      const late = delay.count === 0 ? 0 : Math.max(0, delay.percentile(95) / 1e6 - 10);
      done(Object.assign(answer, more, { late }));
    };
    const failed = (code, message) => finish({ error: { code, message: String(message).replace(/\.$/, "") + "." } });
    const options = { host: q.host, port: q.port, method: q.method, path: q.path, headers: q.headers, setHost: false,
      agent: false, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2000, servername: q.serverName,
      rejectUnauthorized: !q.insecure, ALPNProtocols: ["http/1.1"] };
    if (q.family !== 0) options.family = q.family;
    if (q.addresses.length > 0) options.lookup = (_name, asked, found) => {
      const all = q.addresses.map((address) => ({ address, family: isIP(address) }));
      if (asked.all) found(null, all); else found(null, all[0].address, all[0].family);
    };
    const call = clients[q.secure ? "https" : "http"].request(options);
    const timer = setTimeout(() => failed("TimedOut", "No complete answer within " + q.timeoutMs / 1000 + " s"), q.timeoutMs);
    call.on("socket", (socket) => {
      socket.setNoDelay(true);
      socket.on("lookup", (error) => {
        if (!error && isIP(q.host) === 0 && q.addresses.length === 0) reached("time_namelookup");
      });
      socket.once("connect", () => {
        reached("time_connect");
        const ip = socket.remoteAddress || "";
        answer.remote = (ip.includes(":") ? "[" + ip + "]" : ip) + ":" + socket.remotePort;
      });
      socket.once("secureConnect", () => reached("time_appconnect"));
      socket.prependOnceListener("data", () => { received = true; reached("time_starttransfer"); });
    });
    let hinted = false;
    call.on("information", () => { hinted = true; });
    call.on("upgrade", () => failed("MalformedAnswer", "A change of protocol that was not asked for"));
    call.on("response", (response) => {
      if (hinted) reached("time_starttransfer");
      response.on("data", (chunk) => { bytes += chunk.length; });
      response.on("error", () => failed("AnswerCutShort", "The connection ended in the middle of the answer"));
      response.on("end", () => { reached("time_total"); finish({ status: response.statusCode, bytes, length: response.headers["content-length"] }); });
    });
    call.on("error", (error) => {
      const code = error.code || (error.errors && error.errors[0] && error.errors[0].code) || "";
      const message = error.message || code;
      if (String(code).startsWith("HPE_")) return failed("MalformedAnswer", message);
      if (q.secure && us.time_connect !== undefined && us.time_appconnect === undefined) return failed("TlsFailed", message);
      if (/hang up|aborted/.test(message)) return failed("AnswerCutShort", received ? "The connection ended in the middle of the answer" : "The connection ended before an answer came");
      failed(CODES[code] || "ConnectionFailed", message);
    });
    call.end();
  }
  lines.on("line", (line) => {
    const [, id, request] = /^(\S+) (.*)$/.exec(line);
    once(JSON.parse(request), (answer) => process.stdout.write(id + " " + JSON.stringify(answer) + "\n"));
  });
  lines.on("close", () => process.exit(0));
})`.replace(/\n\s*/g, "\n");
