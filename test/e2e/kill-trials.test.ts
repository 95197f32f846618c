import type { Trial } from "../../tools/kill-trials/trial";
import { runTrial } from "../../tools/kill-trials/trial";

jest.setTimeout(600_000);

/** The long run with random ones is tools/kill-trials/main.ts. */
const TRIALS: readonly Trial[] = [
  { front: "anycast deploy", victims: ["sandbox"], after: 1_400 },
  { front: "anycast deploy", victims: ["sandbox", "gate", "terraform"], after: 1_800 },
  { front: "anycast deploy", victims: ["terraform"], after: 1_600 },
  { front: "anycast-terraform apply", victims: ["sandbox"], after: 1_600 },
  { front: "anycast-terraform apply", victims: ["gate", "terraform"], after: 1_300 },
  { front: "anycast-terraform apply", victims: ["sandbox", "terraform"], after: 2_000 },
];

test.each(TRIALS)(
  "$front, $victims killed after $after ms: nothing is made twice, unnamed or blocked",
  async (trial) => {
    const { verdict, log } = await runTrial(trial);
    const isWell = ["clean", "recovered", "nobody was there"].includes(verdict);
    expect([verdict, isWell ? "" : log]).toEqual([verdict, ""]);
  },
);
