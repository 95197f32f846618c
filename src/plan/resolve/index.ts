export type { FactsContext, SourcesOf } from "./context";
export type { Entry } from "./entry";
export type { BindingFacts, FactsDocument, ProblemFacts, TargetFacts } from "./facts-document";
export { evaluatePlan, makeFacts } from "./make-facts";
export type { KnownOrigin, OpaqueOrigin, Origin, Origins, ResourceOrigin } from "./origins";
export { cutIntoParts, type Part } from "./parts";
export { type PlanSources, sourcesOf } from "./source/sources";
