import { defined } from "../../../core/defined";
import { run } from "../../../core/process";
import type { Terraform } from "../../../terraform";
import type { RecordContent } from "../record";
import { opened, sealed } from "./envelope";
import type { RemoteRecords } from "./types";

const PREFIX = "anycast-apply";
/** Characters of a record's id in the name of its workspace. */
const ID_LENGTH = 8;

/**
 * Records next to a state in a backend that has workspaces: each in one of its own, so that two runs never write the same
 * one. Terraform itself writes and reads them: with the backend's credentials, encryption and address.
 * @param workspace the one that the stack's state is in
 */
export function recordsInWorkspaces(terraform: Terraform, workspace: string): RemoteRecords {
  const nameOf = (id: string): string => `${PREFIX}-${workspace}-${id.slice(0, ID_LENGTH)}`;
  const call = (args: readonly string[], as?: string, input?: string): ReturnType<typeof run> =>
    run(terraform.binary, [...(terraform.globals ?? []), ...args], {
      cwd: terraform.cwd,
      env: { ...terraform.env, TF_WORKSPACE: as ?? terraform.env.TF_WORKSPACE },
      detached: true,
      ...defined({ input }),
    });
  return {
    list: async () => {
      const listed = await call(["workspace", "list"]);
      if (listed.exitCode !== 0) return undefined;
      const names = listed.stdout
        .toString()
        .split("\n")
        .map((line) => line.replace(/^[*\s]+/, "").trim())
        .filter((name) => name.startsWith(`${PREFIX}-${workspace}-`) && name.length === nameOf("x".repeat(99)).length);
      const found: RecordContent[] = [];
      for (const name of names) {
        const pulled = await call(["state", "pull"], name);
        found.push(...(opened(pulled.stdout.toString())?.records ?? []));
      }
      return found;
    },
    write: async (record) => {
      const text = sealed([record], record.left === undefined ? 1 : 2);
      const pushed = await call(["state", "push", "-force", "-lock=false", "-"], nameOf(record.id), text);
      return pushed.exitCode === 0 ? undefined : firstLine(pushed.stderr.toString());
    },
    remove: async (id) => {
      await call(["workspace", "delete", "-force", "-lock=false", nameOf(id)]);
    },
  };
}

function firstLine(text: string): string {
  const plain = text.replace(/\u001b\[[0-9;]*m/g, "");
  return /Error: (.+)/.exec(plain)?.[1] ?? "terraform could not write it";
}
