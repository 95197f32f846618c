import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeclarationReflection, ProjectReflection } from "typedoc" with { "resolution-mode": "import" };
import { ROOT } from "../ci/tracked";

/** Members of classes and types that are not ours are left to their own documentation. */
const EXCLUDED = { excludeExternals: true, excludePrivate: true, excludeProtected: true, excludeInternal: true };

/** The pages of the reference by their path in docs/api, and the classes that have no example. */
export async function apiReference(scratch: string): Promise<{
  readonly pages: ReadonlyMap<string, string>;
  readonly withoutExample: readonly string[];
}> {
  const { Application, LogLevel, ReflectionKind } = await import("typedoc");
  const out = join(scratch, "reference");
  mkdirSync(out, { recursive: true });
  const app = await Application.bootstrapWithPlugins({
    ...EXCLUDED,
    out,
    name: "cdktf-alicloud-anycast",
    entryPoints: ["src/index.ts", "src/testing/index.ts"].map((path) => join(ROOT, path)),
    tsconfig: join(ROOT, "tools/docs-api/tsconfig.json"),
    plugin: ["typedoc-plugin-markdown"],
    readme: "none",
    // A default is a sentence here, and not a piece of code.
    jsDocCompatibility: { defaultTag: false },
    disableSources: true,
    disableGit: true,
    logLevel: LogLevel.Error,
    // Further tags that the plugin understands.
    ...{
      outputFileStrategy: "modules",
      entryFileName: "README",
      hidePageHeader: true,
      hideBreadcrumbs: true,
      parametersFormat: "table",
    },
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("The sources cannot be read for the reference. Fix: npx tsc --noEmit.");
  await app.generateOutputs(project);
  const pages = new Map(
    readdirSync(out, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md"))
      .sort()
      .map((path) => [path, withoutRegistry(readFileSync(join(out, path), "utf8"))]),
  );
  return {
    pages,
    withoutExample: classesOf(project, ReflectionKind.Class)
      .filter(lacksExample)
      .map(({ name }) => name),
  };
}

/** The provider's own classes name where its documentation is found; this repository names no registry. */
function withoutRegistry(text: string): string {
  return text.replace(/\n*[^\n]*https:\/\/registry\.terraform\.io[^\n]*/g, "");
}

function classesOf(project: ProjectReflection, kind: number): DeclarationReflection[] {
  return project.getReflectionsByKind(kind) as DeclarationReflection[];
}

/** Constructs and what makes targets: everything somebody writes `new` or a static call of. Errors are not made by users. */
function lacksExample(one: DeclarationReflection): boolean {
  if (/Error$|^AlicloudProvider/.test(one.name) || one.flags.isExternal) return false;
  const comments = [one, ...(one.children ?? []).flatMap((child) => [child, ...(child.signatures ?? [])])];
  return !comments.some(({ comment }) => comment?.blockTags.some(({ tag }) => tag === "@example"));
}
