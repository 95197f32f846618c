/** Preloaded into processes under test: the time is that of the file CLOCK_FILE (milliseconds), plus what has passed since it was written. */
const { readFileSync, statSync } = require("node:fs");
const RealDate = Date;
const file = process.env.CLOCK_FILE;
const now = () => Number(readFileSync(file, "utf8")) + RealDate.now() - statSync(file).mtimeMs;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }
  static now() {
    return Math.floor(now());
  }
};
