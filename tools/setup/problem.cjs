"use strict";

/** Something the reader can fix: its message is printed as it is, without a stack trace, and the exit code is 2. */
class SetupProblem extends Error {}

const KINDS = [
  {
    found: /\bENOSPC\b|no space left on device/i,
    say: "The disk is full (ENOSPC). Fix: free some disk space, then run the command again; unfinished steps are repeated.",
  },
  {
    found: /\bEDQUOT\b|quota exceeded/i,
    say: "Your disk quota is used up (EDQUOT). Fix: free some disk space, then run the command again; unfinished steps are repeated.",
  },
  {
    found: /\b(EACCES|EPERM)\b|permission denied/i,
    say: "Writing to the project directory is not permitted (EACCES). Fix: make the directory and everything in it yours, then run the command again.",
  },
  {
    found: /\bEROFS\b|read-only file system/i,
    say: "The project directory is on a read-only file system (EROFS). Fix: clone it to a place that can be written.",
  },
  {
    found: /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b/,
    say: "The npm registry cannot be reached. Fix: connect to the network (npm is the only thing that needs it), or check npm's proxy and registry settings, then run the command again.",
  },
];

/** The sentence for a failure whose kind its text or code tells; undefined for any other. */
function knownProblem(text) {
  const kind = KINDS.find(({ found }) => found.test(text));
  return kind === undefined ? undefined : kind.say;
}

/** What to print for anything that was thrown. */
function sentenceOf(thrown) {
  if (thrown instanceof SetupProblem) return thrown.message;
  const text = `${(thrown && thrown.code) || ""} ${(thrown && thrown.message) || thrown}`.trim();
  const path = thrown && thrown.path ? ` (at ${thrown.path})` : "";
  return (knownProblem(text) || `The set-up failed: ${text}`) + path;
}

module.exports = { SetupProblem, knownProblem, sentenceOf };
