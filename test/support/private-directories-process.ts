import { existsSync } from "node:fs";
import { makePrivateDirectory } from "../../src/terraform/private-directory";

/** Makes private directories until the time is over, as runs that begin at once do, and tells how many were lost. */
const [parent, ms] = process.argv.slice(2);
const end = Date.now() + Number(ms);
let made = 0;
let lost = 0;

function next(): void {
  if (Date.now() > end) {
    process.stdout.write(JSON.stringify({ made, lost }));
    return;
  }
  const directory = makePrivateDirectory(parent);
  made += 1;
  setTimeout(() => {
    if (!existsSync(directory.path)) lost += 1;
    directory.remove();
    next();
  }, 1);
}

next();
