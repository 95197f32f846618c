import { withShownConfiguration } from "../../file/document/configuration-text";
import type { JsonObject } from "../../json";
import { ArchiveError, planFileDamaged, workspaceOfPlan } from "../../file/saved";
import { isEncryptedPlan } from "../../file/read-plan";
import { configurationOfFile, configurationOfJson, type ModuleSource } from "../../source";
import type { SourcesOf } from "../context";
import { CombinedOrigins } from "./combined-origins";
import { EvaluatedOrigins } from "./evaluated-origins";
import { PlanValues } from "./plan-values";

/** What is at hand of a plan in addition to its projection. */
export interface PlanSources {
  /** The saved plan file, which holds the configuration's source. */
  readonly file?: () => Buffer;
  /** What messages call the plan. */
  readonly at: string;
  /** The whole JSON of the plan. */
  readonly whole: () => JsonObject;
}

/**
 * Origins by evaluating the source of expressions: from the saved plan file, or from the texts that the JSON of a JSON
 * configuration shows. Where neither shows an expression, its references are used.
 */
export function sourcesOf({ file, whole, at }: PlanSources): SourcesOf {
  return (index, byReference) => {
    const bytes = file?.();
    // An encrypted file can be read only with its key.
    const fromFile = bytes !== undefined && !isEncryptedPlan(bytes);
    const shown = fromFile ? undefined : withShownConfiguration(index.plan, whole, at);
    const source = shown === undefined ? readSource(bytes!, at) : configurationOfJson(shown);
    const workspace = fromFile ? workspaceOfPlan(bytes) : undefined;
    const values = new PlanValues(index, index.facts, whole, workspace);
    const evaluated = new EvaluatedOrigins(index, source, values, fromFile);
    return new CombinedOrigins(evaluated, byReference, shown !== index.plan, fromFile ? undefined : index);
  };
}

function readSource(file: Buffer, at: string): ModuleSource {
  try {
    return configurationOfFile(file);
  } catch (thrown) {
    if (thrown instanceof ArchiveError) throw planFileDamaged(thrown, at);
    throw thrown;
  }
}
