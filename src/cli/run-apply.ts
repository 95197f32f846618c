import { defined } from "../core/defined";
import { resolve } from "node:path";
import { applySaved } from "../gate/stacks";
import { projectRootOf } from "../terraform/project";
import { approvalFor } from "./approve";
import { lazyChecker } from "./checker";
import type { ConfigFlags } from "./config-options";
import { givenConfig } from "./config-options";
import type { GateFlags } from "./gate-options";
import type { CliIo } from "./io";
import { trustedFrom } from "./receipt-options";
import { failureJson, jsonOf, outputsWriter, resultText, noticeSandbox } from "./run-result";
import { openRunContext } from "./run-context";
import { gateIn } from "./stack-options";
import { terraformOptions } from "./terraform-options";

export interface ApplyFlags extends GateFlags, ConfigFlags {
  readonly autoApprove?: boolean;
  readonly requireReceipt?: string | true;
  readonly maxAge: number;
  readonly parallelism: number;
  readonly events?: string;
  readonly outputsFile?: string;
  readonly format: "text" | "json";
}

/** Applies saved plans and reports. @returns the exit code */
export async function runApply(directory: string, flags: ApplyFlags, io: CliIo): Promise<number> {
  const projectDirectory = projectRootOf(io.cwd) ?? io.cwd;
  const context = openRunContext(io, flags.events);
  const { progress, emit, interruption } = context;
  try {
    const writeOutputs = outputsWriter(flags.outputsFile, io);
    const config = await givenConfig(flags, projectDirectory, io);
    const trusted = trustedFrom(flags.requireReceipt, io);
    const autoApprove = flags.autoApprove === true;
    const approve = approvalFor({ io, autoApprove, progress, interruption, emit });
    noticeSandbox(io, emit);
    const result = await applySaved({
      directory: resolve(io.cwd, directory),
      projectDirectory,
      gate: gateIn(projectDirectory, flags, io),
      env: io.env,
      emit,
      approve,
      interruption,
      check: lazyChecker(),
      maxAgeMs: flags.maxAge,
      parallelism: flags.parallelism,
      ...defined({ trusted }),
      passed: terraformOptions(flags, io),
      ...defined({ config }),
    });
    progress.end();
    const kept = writeOutputs(result);
    io.stdout.write(
      flags.format === "json" ? jsonOf(result) : resultText(result, { color: io.color.stdout, width: io.width }),
    );
    return kept ? result.exitCode : 2;
  } catch (thrown) {
    progress.end();
    if (flags.format === "json") io.stdout.write(failureJson("apply", thrown));
    throw thrown;
  } finally {
    context.close();
  }
}
