import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPlans } from "../../src/check";
import { checkYaml } from "../../src/core/yaml/checked-yaml";

test("half of a character in a plan is refused by name", async () => {
  const text = readFileSync(join(__dirname, "../fixtures/plans/internal-vpc.json"), "utf8");
  const halved = text.replaceAll('"international"', '"inter\\ud800national"');
  expect(halved).not.toBe(text);
  const options = { emit: () => undefined, env: {}, cwd: __dirname };
  const { plans } = await checkPlans([{ name: "p.json", json: Buffer.from(halved) }], options);
  expect(plans[0]).toMatchObject({ verdict: "error", error: { code: "PlanTextInvalid" } });
});

test("keys that are no text are refused, and make no warning of Node's own", () => {
  const warned = jest.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const schema = { type: "object", additionalProperties: false, properties: { a: {} } };
  expect(() => checkYaml("? [a, b]\n: x\n? {c: d}\n: y\n", "f.yaml", schema, "ConfigInvalid")).toThrow("`[ a, b ]`");
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});
