import type { Api, Comment } from "../../action/src/comment/api";
import { keepIssue } from "../../action/src/comment/issue";
import { driftTitle } from "../../action/src/tell";

const MARKER = "<!-- anycast-comment . -->";

/** Open issues in memory, as the API lists them. */
function issuesOf(open: Comment[]): Api {
  const issues = {
    self: () => Promise.resolve("github-actions[bot]"),
    issues: () => Promise.resolve([...open]),
    openIssue: (_title: string, body: string) => {
      const issue = { id: 10 + open.length, body, author: "github-actions[bot]", url: "new" };
      open.push(issue);
      return Promise.resolve(issue);
    },
    changeIssue: (number: number, change: { body?: string; state?: "closed" }) => {
      const at = open.findIndex(({ id }) => id === number);
      const issue = { ...open[at]!, ...(change.body === undefined ? {} : { body: change.body }) };
      open.splice(at, 1, ...(change.state === "closed" ? [] : [issue]));
      return Promise.resolve(issue);
    },
  };
  return issues as unknown as Api;
}

describe("the issue about a cloud that differs from the code", () => {
  const theirs: Comment = { id: 1, body: `${MARKER}\nold`, author: "someone", url: "theirs" };

  it("is opened once, updated in place, and closed when nothing differs anymore", async () => {
    const open = [theirs];
    const keep = (text: string, isClean = false): ReturnType<typeof keepIssue> =>
      keepIssue(issuesOf(open), { marker: MARKER, title: "t", body: `${MARKER}\n${text}`, isClean });
    expect([(await keep("", true)).did, open.length]).toEqual(["nothing", 1]);
    expect((await keep("a")).did).toBe("created");
    expect((await keep("a")).did).toBe("unchanged");
    expect((await keep("b")).did).toBe("updated");
    expect(open.map(({ body }) => body)).toEqual([theirs.body, `${MARKER}\nb`]);
    expect((await keep("", true)).did).toBe("closed");
    expect(open).toEqual([theirs]);
  });
});

test.each([
  ["allowed", { add: 0, change: 0, destroy: 0 }, undefined],
  ["allowed", { add: 0, change: 1, destroy: 0 }, "The cloud differs from the code"],
  ["denied", { add: 1, change: 0, destroy: 0 }, "The cloud differs from the code"],
  ["denied", { add: 0, change: 0, destroy: 0 }, "The policy refuses what is in the cloud"],
  ["error", { add: 0, change: 0, destroy: 0 }, "The check for drift failed"],
] as const)("a check with exit code %s and the changes %j has the issue %p", (verdict, changes, title) => {
  expect(driftTitle({ verdict, changes })).toBe(title);
});
