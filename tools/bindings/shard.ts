import { readFileSync } from "node:fs";
import { messageOf } from "../../src/core/errors";
import { compile } from "./compile";
import type { Shard } from "./shards";

/** One process of several: compiles the files named on stdin (see shards.ts). */
try {
  const shard = JSON.parse(readFileSync(0, "utf8")) as Shard;
  compile(shard.files, shard.sources, shard.out);
} catch (thrown) {
  console.error(messageOf(thrown));
  process.exitCode = 2;
}
