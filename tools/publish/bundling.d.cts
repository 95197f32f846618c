/** How esbuild makes every bundle of this repository: files that Node's oldest supported version requires. */
export const FOR_NODE: {
  readonly bundle: true;
  readonly platform: "node";
  readonly format: "cjs";
  readonly target: "node20";
  readonly minifySyntax: true;
  readonly minifyWhitespace: true;
  readonly legalComments: "none";
};

/** The licence of every package that these files were taken from. @param files paths from `root` */
export function licences(root: string, files: readonly string[]): string;
