import type { ErrorObject } from "ajv";

/**
 * Of a choice of several forms, ajv tells each failed form and the choice itself. One of them is what the reader
 * needs: what is wrong inside the form that was meant, else the choice.
 */
export function withoutEchoes(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  return errors.filter((error) => error.keyword !== "if" && !choices.some((choice) => isEcho(error, choice, errors)));
}

function isEcho(error: ErrorObject, choice: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.instancePath !== choice.instancePath) return false;
  if (error !== choice) return error.schemaPath.startsWith(`${choice.schemaPath}/`);
  return errors.some(({ instancePath }) => instancePath.startsWith(`${choice.instancePath}/`));
}
