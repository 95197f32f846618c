import { changeSource, changeSourceText, movedStates, otherChanges } from "../../../src/gate/receipt";
import { plannedAttributes } from "../../../src/gate/receipt/planned-changes";

const planOf = (change: object, address = "a.b"): Buffer =>
  Buffer.from(JSON.stringify({ format_version: "1.2", resource_changes: [{ address, change }] }));
const update = (before: object, after: object, more: object = {}): Buffer =>
  planOf({ actions: ["update"], before, after, after_unknown: {}, ...more });

describe("the changes that a receipt keeps", () => {
  test("are attributes before and after, without secrets", () => {
    const json = update(
      { same: 1, name: "old", password: "hunter2", list: ["a"] },
      { same: 1, name: "new", password: "hunter3", list: ["a", "b"] },
      { before_sensitive: { password: true }, after_sensitive: { password: true }, after_unknown: { id: true } },
    );
    expect(plannedAttributes(json)).toEqual([
      {
        address: "a.b",
        actions: ["update"],
        attributes: {
          id: ["(none)", "(known after apply)"],
          list: ['["a"]', '["a","b"]'],
          name: ["old", "new"],
          password: ["(sensitive)", "(sensitive)"],
        },
      },
    ]);
    expect(JSON.stringify(plannedAttributes(json))).not.toContain("hunter");
  });

  test("hide the whole attribute when a part is sensitive", () => {
    const json = update({}, { tags: { secret: "hunter2" } }, { after_sensitive: { tags: { secret: true } } });
    expect(JSON.stringify(plannedAttributes(json))).not.toContain("hunter2");
  });

  test("leave out resources that do not change", () => {
    expect(plannedAttributes(planOf({ actions: ["no-op"], before: {}, after: {} }))).toEqual([]);
  });
});

describe("what differs from the check", () => {
  const checked = plannedAttributes(update({ name: "old" }, { name: "new" }));
  test.each<[string, Buffer, string]>([
    ["another value", update({ name: "old" }, { name: "evil" }), "a.b.name: `old -> new` then, `old -> evil` now"],
    [
      "another action",
      planOf({ actions: ["delete", "create"], before: { name: "old" }, after: { name: "new" } }),
      "a.b: update then, delete and create now",
    ],
    ["another resource", planOf({ actions: ["create"], after: {} }, "c.d"), "c.d: not changed then, create now"],
  ])("%s", (_what, now, says) => {
    expect(otherChanges(checked, plannedAttributes(now))).toContain(says);
  });

  test("is nothing for equal plans", () => {
    expect(otherChanges(checked, checked)).toBe("");
  });
});

describe("what changed between two states", () => {
  const stateOf = (values: object, sensitive: unknown = {}): object => ({
    values: {
      root_module: {
        child_modules: [
          { resources: [{ address: "module.m.a.b", mode: "managed", values, sensitive_values: sensitive }] },
        ],
      },
    },
  });

  test("is listed by resource and attribute, before and after", () => {
    expect(movedStates(stateOf({ name: "old" }), stateOf({ name: "new" }))).toBe("module.m.a.b.name: `old` -> `new`");
    expect(movedStates({}, stateOf({}))).toBe("module.m.a.b is new");
    expect(movedStates(stateOf({}), {})).toBe("module.m.a.b is gone");
  });

  test.each([[{ password: true }], [null], [true]])("hides sensitive values marked by %j", (marks) => {
    const moved = movedStates(stateOf({ password: "hunter2" }, marks), stateOf({ password: "hunter3" }, marks));
    expect(moved).toContain("module.m.a.b.password");
    expect(moved).not.toContain("hunter");
  });
});

describe("which change was checked", () => {
  const SHA = "0123456789abcdef0123456789abcdef01234567";
  test.each([
    [{ GITHUB_SHA: SHA, GITHUB_REF: "refs/pull/12/merge" }, " of commit 0123456789ab (pull request 12)"],
    [{ CI_COMMIT_SHA: SHA, CI_MERGE_REQUEST_IID: "7" }, " of commit 0123456789ab (pull request 7)"],
    [{ GITHUB_SHA: "$(rm)", GITHUB_REF: "refs/heads/main" }, ""],
    [{}, ""],
  ])("%j", (env, text) => {
    expect(changeSourceText(changeSource(env))).toBe(text);
  });
});
