import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordPlace } from "../../../src/gate/recovery/record";
import { beginRecord, readRecord, removeRecord } from "../../../src/gate/recovery/record";
import { makePrivateDirectory } from "../../../src/terraform";

describe("the record of an apply", () => {
  let folder: string;
  let place: RecordPlace;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "record-"));
    const state = join(folder, "it.tfstate");
    place = { stack: "it", directory: folder, path: `${state}.apply`, localState: state };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const begin = (): ReturnType<typeof beginRecord> => {
    const directory = makePrivateDirectory(folder);
    try {
      return beginRecord(place, { creations: [], directory });
    } finally {
      directory.remove();
    }
  };

  test("belongs to one apply at a time, and is removed at once", () => {
    begin().ended();
    expect(begin).toThrow(expect.objectContaining({ code: "AnotherRun" }) as Error);
    removeRecord(place);
    expect(readdirSync(folder).filter((name) => name.startsWith("it.tfstate.apply"))).toEqual([]);
  });

  test("whose removal by an older version was killed in the middle stops no later run", () => {
    mkdirSync(place.path);
    writeFileSync(join(place.path, "last-whole.tfstate"), "{}");
    begin().ended();
    expect(readRecord(place)?.creations).toEqual([]);
  });

  test("whose removal was killed in the middle is removed with the next one", () => {
    const rest = `${place.path}.0123abcd.gone`;
    mkdirSync(rest);
    writeFileSync(join(rest, "last-whole.tfstate"), "{}");
    begin().ended();
    removeRecord(place);
    expect(existsSync(rest)).toBe(false);
  });

  test("that cannot be read stops every run, with an error that names it and the fix", () => {
    mkdirSync(place.path);
    writeFileSync(join(place.path, "apply.json"), "{");
    expect(begin).toThrow(
      expect.objectContaining({
        code: "ApplyRecordDamaged",
        message: expect.stringContaining(`remove ${place.path}`) as string,
      }) as Error,
    );
    expect(existsSync(join(place.path, "apply.json"))).toBe(true);
  });
});

test("the rest of a private directory whose removal was killed is removed by the next run", () => {
  const parent = mkdtempSync(join(tmpdir(), "parent-"));
  try {
    const rest = join(parent, "anycast-run-0123456789abcdef.0123abcd.gone");
    mkdirSync(rest);
    writeFileSync(join(rest, "checked.tfplan"), "secret");
    const directory = makePrivateDirectory(parent);
    expect(readdirSync(parent).map((name) => join(parent, name))).toEqual([directory.path]);
    directory.remove();
    expect(readdirSync(parent)).toEqual([]);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});
