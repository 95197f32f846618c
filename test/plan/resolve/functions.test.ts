import { callFunction } from "../../../src/plan/resolve/evaluate/functions";
import { optionsOf, text } from "../../../src/plan/resolve/evaluate/value";
import { Dice } from "../../../tools/gate-trials/dice";
import { parseExpression } from "../../../src/plan/source/hcl";
import { evaluate } from "../../../src/plan/resolve/evaluate/evaluate";
import { plainOf, scopeWith } from "./support/constants";
import { terraformIn } from "./support/outputs";
import { RandomFunctions } from "./support/random-functions";
import { valuesByTerraform } from "./support/terraform-values";

/** Left to the reader of the plan: what they give depends on the machine, the time or chance, or takes forms of its own. The last are OpenTofu's. */
const NOT_EVALUATED = new Set(
  `abspath base64gzip bcrypt cidrhost cidrnetmask cidrsubnet cidrsubnets dirname file filebase64 filebase64sha256
  filebase64sha512 fileexists filemd5 fileset filesha1 filesha256 filesha512 formatdate issensitive log pathexpand
  plantimestamp rsadecrypt templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp timestamp uuid uuidv5
  yamlencode base64gunzip cidrcontains urldecode`.split(/\s+/),
);
/** They see what fails, and are operators of the evaluator. */
const SEE_FAILURES = new Set(["try", "can"]);

test("each function of terraform is evaluated, or named in the message that refuses it", () => {
  const { function_signatures: all } = JSON.parse(terraformIn("/")("metadata", "functions", "-json")) as {
    readonly function_signatures: object;
  };
  const names = Object.keys(all).filter((name) => !name.includes("::"));
  expect(names.length).toBeGreaterThan(100);
  const { at } = parseExpression({ file: "test", text: "x" });
  const refused = names.filter((name) =>
    optionsOf(callFunction(name, [text("x")], at)).some(
      (one) => one.kind === "unknown" && one.why.startsWith(`calls ${name}, `),
    ),
  );
  expect(refused.filter((name) => !SEE_FAILURES.has(name)).sort()).toEqual(
    names.filter((name) => NOT_EVALUATED.has(name)).sort(),
  );
});

/** More of them by `ANYCAST_RANDOM_EXPRESSIONS=20000`, others by `ANYCAST_SEED`. */
const COUNT = Number(process.env.ANYCAST_RANDOM_EXPRESSIONS ?? 200);
const SEED = Number(process.env.ANYCAST_SEED ?? 7);

test("a function that is computed gives what real terraform gives, or fails where that fails", () => {
  const made = new RandomFunctions(new Dice(SEED));
  const expressions = Array.from({ length: COUNT }, () => made.text());
  const wrong: unknown[] = [];
  let told = 0;
  valuesByTerraform(expressions, "").forEach((value, i) => {
    const plain = plainOf(evaluate(parseExpression({ file: "test", text: expressions[i]! }), scopeWith({})));
    if (plain === "untold") return;
    told++;
    if (JSON.stringify(plain) !== JSON.stringify(value === undefined ? "fails" : { value }))
      wrong.push({ expression: expressions[i], plain, value });
  });
  expect(wrong).toEqual([]);
  expect(told).toBeGreaterThan(COUNT / 2);
});
