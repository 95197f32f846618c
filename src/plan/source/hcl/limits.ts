/**
 * How deep expressions, blocks and templates may be nested, in levels; the same for chains such as `a.b.c` or `a + b + c`,
 * which make as many levels in the tree. Terraform has no limit; ours keeps recursive code off the end of the stack.
 */
export const DEEPEST = 250;
