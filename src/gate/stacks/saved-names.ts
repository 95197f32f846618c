/** Names in a directory of saved plans: the index at its top, the others in each stack's own directory. */
export const INDEX_NAME = "plans.json";
export const PLAN_NAME = "plan.tfplan";
export const RECEIPT_NAME = "receipt.json";
export const CONFIGURATION_NAME = "configuration";
