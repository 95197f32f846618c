/**
 * A process of its own that works on a sandbox until it is killed:
 * `worker.ts DIRECTORY FAULT` — allocates addresses, four at a time, and prints the id of each one that was confirmed.
 */
import { openCloud } from "../../../src/cloud";

async function main(): Promise<void> {
  const [directory = "", fault = ""] = process.argv.slice(2);
  const cloud = await openCloud({ directory, quotas: { anycastEips: 1_000_000 }, faults: fault === "" ? [] : [fault] });
  process.stdout.write("open\n");
  const work = async (): Promise<never> => {
    for (;;) {
      const { AnycastId } = await cloud.call(
        "Eipanycast",
        "AllocateAnycastEipAddress",
        { ServiceLocation: "international", Name: "from-the-worker" },
        { region: "cn-hongkong" },
      );
      process.stdout.write(`${String(AnycastId)}\n`);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

void main();
