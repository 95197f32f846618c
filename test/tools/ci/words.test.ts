import { wordsIn } from "../../../tools/ci/words";

describe("the guard of plain words", () => {
  test.each([
    ["Fix: mend the alias.", "mend"],
    ["The next run plans anew.", "anew"],
    ["It is kept beside the state.", "beside"],
    ["Whoever has the key can sign.", "Whoever"],
    ["See the rooms above.", "the rooms"],
  ])("refuses `%s`", (text, word) => {
    expect(wordsIn(`Fine.\n${text}`)).toEqual([expect.objectContaining({ word, line: 2 })]);
  });

  test.each([
    "Besides, it is late.",
    "There is no room for the state.",
    "Amend the commit.",
    'import { a } from "./beside";',
    "The class `Beside`.",
  ])("accepts `%s`", (text) => {
    expect(wordsIn(text)).toEqual([]);
  });
});
