"use strict";
// The two commands of GitHub's own `gh` that the workflows use, against the test's server and the test's artifacts.
const { cpSync, existsSync, mkdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const [verb, ...args] = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
};
const fail = (text) => {
  process.stderr.write(`gh: ${text}\n`);
  process.exitCode = 1;
};

function download() {
  const from = join(process.env.TEST_ARTIFACTS, option("--name"));
  if (!process.env.GH_TOKEN) return fail("no token");
  if (process.env.TEST_MAY_READ_ACTIONS !== "yes") return fail("Resource not accessible by integration (HTTP 403)");
  if (!existsSync(from)) return fail("no artifact matches any of the names");
  const to = option("--dir") ?? ".";
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true });
}

async function api(path) {
  const body = {};
  args.forEach((one, i) => {
    if (one !== "-f" && one !== "-F") return;
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(args[i + 1]);
    body[name] = one === "-F" && value.startsWith("@") ? readFileSync(value.slice(1), "utf8") : value;
  });
  const answer = await fetch(`${process.env.GITHUB_API_URL}/${path}`, {
    method: "POST",
    headers: { authorization: `token ${process.env.GH_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) fail(`HTTP ${answer.status}`);
}

if (verb === "run" && args[0] === "download") download();
else if (verb === "api") void api(args[0]);
else fail(`unknown command ${verb}`);
