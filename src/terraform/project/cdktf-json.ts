import { join, resolve } from "node:path";
import { readRegularTextOr } from "../../core/regular-file";
import { AnycastError, expectationError, messageOf, systemCodeOf } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { CDKTF_CONFIG_NAME } from "./project-root";

export { isRecord };

/** The part of cdktf.json that a run needs. */
export interface CdktfConfig {
  /** The directory cdktf.json is in. */
  readonly root: string;
  /** The command line that synthesises. */
  readonly app: string;
  /** Absolute path of the output directory. @default cdktf.out */
  readonly outdir: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Local modules, which cdktf hands to the app. */
  readonly relativeModules: readonly string[];
}

/**
 * Reads cdktf.json of a project.
 * @throws AnycastError `ProjectNotFound`, `ProjectInvalid`
 */
export function readCdktfConfig(root: string, env: NodeJS.ProcessEnv): CdktfConfig {
  const path = join(root, CDKTF_CONFIG_NAME);
  const config = parse(path);
  const { app, output, context, terraformModules } = config;
  if (typeof app !== "string" || app === "") {
    throw expectationError("ProjectInvalid", {
      what: "`app`",
      rule: "the command that synthesises the app",
      got: app,
      at: path,
      fix: 'write for example "app": "npx tsx main.ts".',
    });
  }
  const modules = Array.isArray(terraformModules) ? terraformModules : [];
  return {
    root,
    app,
    outdir: resolve(root, env.CDKTF_OUTDIR ?? (typeof output === "string" ? output : "cdktf.out")),
    context: isRecord(context) ? context : {},
    relativeModules: modules
      .map((module) => (isRecord(module) ? module.source : module))
      .filter((source): source is string => typeof source === "string" && /^\.\.?\//.test(source)),
  };
}

function parse(path: string): Record<string, unknown> {
  const text = readRegularTextOr(path, (cause) =>
    systemCodeOf(cause) === "ENOENT"
      ? new AnycastError(
          "ProjectNotFound",
          `This is no CDKTF project: there is no ${path}. Fix: run this in the project's directory, or make a project with \`anycast init\`.`,
          { cause },
        )
      : new AnycastError("ProjectInvalid", messageOf(cause), { cause }),
  );
  try {
    const parsed: unknown = JSON.parse(text);
    if (isRecord(parsed)) return parsed;
    throw new SyntaxError("it is not an object");
  } catch (cause) {
    throw new AnycastError(
      "ProjectInvalid",
      `${path} is not a JSON object: ${messageOf(cause)}. Fix: correct the file.`,
      {
        cause,
      },
    );
  }
}
