import type { Trial } from "../../tools/kill-trials/trial";
import { runTrial } from "../../tools/kill-trials/trial";

jest.setTimeout(600_000);

/** The long run with random ones is tools/kill-trials/main.ts. */
const TRIALS: readonly Trial[] = [
  { front: "anycast deploy", victims: ["sandbox"], from: "apply", after: 150 },
  { front: "anycast deploy", victims: ["sandbox", "gate", "terraform"], from: "apply", after: 300 },
  { front: "anycast deploy", victims: ["terraform"], from: "start", after: 900 },
  { front: "anycast-terraform apply", victims: ["sandbox"], from: "apply", after: 250 },
  { front: "anycast-terraform apply", victims: ["gate", "terraform"], from: "apply", after: 200 },
  { front: "anycast-terraform apply", victims: ["sandbox", "terraform"], from: "start", after: 1_500 },
];

test.each(TRIALS)(
  "$front, $victims killed $after ms after $from: nothing is made twice, unnamed or blocked",
  async (trial) => {
    const { verdict, log } = await runTrial(trial);
    const isWell = ["clean", "recovered", "nobody was there"].includes(verdict);
    expect([verdict, isWell ? "" : log]).toEqual([verdict, ""]);
  },
);
