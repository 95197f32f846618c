import type { Trial } from "../../tools/kill-trials/trial";
import { runTrial, textOf } from "../../tools/kill-trials/trial";

jest.setTimeout(600_000);

/** The long run with random ones is tools/kill-trials/main.ts. */
const TRIALS: readonly Trial[] = [
  { front: "anycast deploy", kills: [{ victims: ["sandbox"], from: "apply", after: 150 }] },
  {
    front: "anycast deploy",
    kills: [
      { victims: ["sandbox", "gate", "terraform"], from: "apply", after: 300 },
      { victims: ["gate"], from: "start", after: 700 },
    ],
  },
  { front: "anycast deploy", kills: [{ victims: ["terraform"], from: "start", after: 900 }] },
  { front: "anycast-terraform apply", kills: [{ victims: ["sandbox"], from: "apply", after: 250 }] },
  { front: "anycast-terraform apply", kills: [{ victims: ["gate", "terraform"], from: "apply", after: 200 }] },
  { front: "anycast-terraform apply", kills: [{ victims: ["sandbox", "terraform"], from: "start", after: 1_500 }] },
];

test.each(TRIALS.map((trial) => [`${trial.front}, ${trial.kills.map(textOf).join(", then ")}`, trial] as const))(
  "%s: nothing is created twice, left unreported or blocked",
  async (_, trial) => {
    const { verdict, log } = await runTrial(trial);
    const isWell = ["clean", "recovered", "nobody was there"].includes(verdict);
    expect([verdict, isWell ? "" : log]).toEqual([verdict, ""]);
  },
);
