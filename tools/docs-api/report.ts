import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { ROOT } from "../ci/tracked";

/** Names whose members come out of the provider's schema, and are described by the provider's own documentation. */
const GENERATED = /^AlicloudProvider/;

/** The whole surface of one entry, as declarations. A change of it shows in a review as a change of this text. */
export function apiReport(name: string, declarations: string, scratch: string): string {
  for (const folder of ["temp", "report"]) mkdirSync(join(scratch, folder), { recursive: true });
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  const compilerOptions = {
    module: "node16",
    moduleResolution: "node16",
    target: "ES2022",
    skipLibCheck: true,
    types: ["node", "jest"],
  };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, declarations),
      compiler: { overrideTsconfig: { compilerOptions, files: [join(ROOT, declarations)] } },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(scratch, "report"),
        reportTempFolder: join(scratch, "temp"),
      },
      newlineKind: "lf",
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, "package.json"),
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    // Its messages are in the report; only fatal ones are printed.
    messageCallback: (message) => (message.handled = message.logLevel !== ExtractorLogLevel.Error),
  });
  if (!succeeded)
    throw new Error(`The report of ${declarations} could not be made. Fix: npm run build, then try again.`);
  return readFileSync(join(scratch, "report", `${name}.api.md`), "utf8");
}

/** Exported names and members that have no docstring, as `Name` or `Name: member`. */
export function undocumented(report: string): string[] {
  const lines = report.split("\n");
  let owner = "";
  return lines.flatMap((line, i) => {
    owner = /^export .*?\b(?:class|interface|type|const|function|enum) (\w+)/.exec(line)?.[1] ?? owner;
    if (!line.includes("(undocumented)")) return [];
    const declared = lines.slice(i + 1).find((next) => !next.trim().startsWith("//")) ?? "";
    const exported = /^export .*?\b(?:class|interface|type|const|function|enum) (\w+)/.exec(declared)?.[1];
    const isInherited = /^\s*protected\b/.test(declared);
    if (isInherited || GENERATED.test(exported ?? owner)) return [];
    return [exported ?? `${owner}: ${declared.trim()}`];
  });
}
