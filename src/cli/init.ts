import { basename, relative, resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { expectationError } from "../core/errors";
import type { CliIo } from "./io";
import { CI_SYSTEMS, installPackages, scaffoldFiles, tarballsIn, writeScaffold } from "./scaffold";
import { versionOfPackage, workflowsOfPackage } from "../core/package-version";

interface Flags {
  readonly name?: string;
  readonly region: string;
  readonly packages?: string;
  readonly install?: true;
  readonly ci: (typeof CI_SYSTEMS)[number];
}

/** A valid name for a package, for a stack and, with a suffix, for an Anycast EIP. */
const NAME = /^[a-z][a-z0-9-]{1,40}$/;

/** `anycast init`: a new project with library, gate and workflow. */
export function registerInit(program: Command, io: CliIo): void {
  program
    .command("init")
    .summary("make a project that uses the library, gate and workflow included")
    .description("Make a new project in a directory. Files that are there already are never replaced.")
    .argument("[directory]", "where", ".")
    .option("--name <name>", "name of the project (default: that of the directory)")
    .option("--region <region>", "region of the load balancer", "ap-southeast-1")
    .addOption(new Option("--ci <system>", "whose pipelines to make").choices([...CI_SYSTEMS]).default("github"))
    .option("--install", "run npm install in it")
    .option("--packages <directory>", "tarballs of this package and of alicloud-sandbox (default: the registry)")
    .addHelpText(
      "after",
      "\nExamples:\n  anycast init my-service\n  anycast init my-service --region cn-hongkong\n  anycast init --ci gitlab\n  anycast init --install",
    )
    .action(async (directory: string, flags: Flags) => {
      const target = resolve(io.cwd, directory);
      const name = flags.name ?? nameFrom(basename(target));
      if (!NAME.test(name)) {
        throw expectationError("NameInvalid", {
          what: "the project's name",
          rule: "2 to 41 lower-case letters, digits and -, starting with a letter",
          got: name,
          fix: "give another one with --name.",
        });
      }
      const version = versionOfPackage();
      const packages = flags.packages === undefined ? undefined : tarballsIn(resolve(io.cwd, flags.packages), version);
      const workflows = workflowsOfPackage();
      const tarballs = packages === undefined ? {} : { packages };
      writeScaffold(
        target,
        scaffoldFiles({ name, region: flags.region, version, workflows, ci: flags.ci, ...tarballs }),
      );
      const cd = target === io.cwd ? "" : `cd ${relative(io.cwd, target)} && `;
      io.stdout.write(`${target}\n`);
      if (flags.ci === "github" && workflows.startsWith("OWNER/")) {
        io.stderr.write(
          "This version is not released, so it does not know where its workflows are: put the owner of the repository and a commit into .github/workflows/anycast.yml.\n",
        );
      }
      if (flags.install === true) {
        await installPackages(target, io);
        io.stderr.write(`The project ${name} is made. Next: ${cd}npm start\n`);
      } else {
        io.stderr.write(`The project ${name} is made. Next: ${cd}npm install && npm run try\n`);
      }
    });
}

function nameFrom(directory: string): string {
  return directory
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
}
