import type { ErrorObject } from "ajv";

/**
 * For a choice of several forms, ajv reports each failed form and the choice itself. The user needs only one of them:
 * what is wrong inside the form that was meant, else the choice.
 */
export function withoutRedundantErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  return errors.filter(
    (error) => error.keyword !== "if" && !choices.some((choice) => isRedundant(error, choice, errors)),
  );
}

function isRedundant(error: ErrorObject, choice: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.instancePath !== choice.instancePath) return false;
  if (error !== choice) return error.schemaPath.startsWith(`${choice.schemaPath}/`);
  return errors.some(({ instancePath }) => instancePath.startsWith(`${choice.instancePath}/`));
}
