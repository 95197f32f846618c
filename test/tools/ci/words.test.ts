import { wordsIn } from "../../../tools/ci/words";

describe("the guard of plain words", () => {
  test.each([
    ["Fix: mend the alias.", "mend"],
    ["The next run plans anew.", "anew"],
    ["It is kept beside the state.", "beside"],
    ["Whoever has the key can sign.", "Whoever"],
    ["See the rooms above.", "the rooms"],
    ["The rules judge the plan.", "judge"],
    ["Every plan is judged.", "judged"],
    ["A stand-in for terraform.", "stand-in"],
  ])("refuses `%s`", (text, word) => {
    expect(wordsIn(`Fine.\n${text}`)).toEqual([expect.objectContaining({ word, line: 2 })]);
  });

  test("refuses words in the messages of code, which are in backticks", () => {
    const message = "    `${path} is a link, and whoever made it chose \\`anew\\`.`,";
    expect(wordsIn(message, true)).toEqual([expect.objectContaining({ word: "whoever" })]);
    expect(wordsIn("    // The option `anew` of ours.", true)).toEqual([]);
  });

  test.each([
    "expect(await judge(plan))",
    'export { judge } from "./judge";',
    "Besides, it is late.",
    "There is no room for the state.",
    "Amend the commit.",
    'import { a } from "./beside";',
    "The class `Beside`.",
  ])("accepts `%s`", (text) => {
    expect(wordsIn(text)).toEqual([]);
  });
});
