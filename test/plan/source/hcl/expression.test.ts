import * as fc from "fast-check";
import { expressionTexts } from "./support/arbitrary";
import { EXPRESSIONS } from "./support/expressions";
import { ours, witnessed } from "./support/witness";

describe("an expression", () => {
  test("has the structure that Go's own parser gives it, and is refused where that refuses it", async () => {
    const different: unknown[] = [];
    let read = 0;
    for (const text of EXPRESSIONS) {
      const [mine, theirs] = [ours(text), await witnessed(text)];
      if (mine[0] !== "refused") read++;
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) different.push({ text, mine, theirs });
    }
    expect(different).toEqual([]);
    expect(read).toBeGreaterThan(350);
  });

  test("has that structure too when it is random", async () => {
    await fc.assert(
      fc.asyncProperty(expressionTexts, async (text) => {
        expect([text, ours(text)]).toEqual([text, await witnessed(text)]);
      }),
      { numRuns: 400 },
    );
  });
});
