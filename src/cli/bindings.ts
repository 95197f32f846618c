import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { addBindings } from "../bindings";
import { AnycastError } from "../core/errors";
import type { CliIo } from "./io";

interface Flags {
  readonly all?: boolean;
  readonly out: string;
}

/** `anycast bindings`: provider classes for further types, into the user's project. */
export function registerBindings(program: Command, io: CliIo): void {
  program
    .command("bindings")
    .summary("make provider classes for further resource types")
    .description(
      "Write TypeScript classes for types of the provider aliyun/alicloud that cdktf-alicloud-anycast/alicloud does not have. They are made from the schema in this package, without a network. Types that are there stay.",
    )
    .argument("[types...]", "Terraform names, e.g. alidns_record; data.NAME for a data source only")
    .option("--all", "every type of the provider")
    .option("--out <directory>", "folder of the classes", "alicloud")
    .addHelpText(
      "after",
      `
Examples:
  anycast bindings alidns_record cms_alarm
  anycast bindings --all --out src/alicloud`,
    )
    .action(async (types: string[], flags: Flags) => {
      if (types.length > 0 === (flags.all === true)) {
        throw new AnycastError(
          "NoTypes",
          "anycast bindings needs names of types, or --all. Fix: anycast bindings alidns_record",
        );
      }
      const directory = resolve(io.cwd, flags.out);
      const added = await addBindings({ directory, types: flags.all === true ? "all" : types });
      io.stdout.write(`${directory}\n`);
      const near = relative(io.cwd, directory).replaceAll("\\", "/");
      const end = added.esm ? "/index.js" : "";
      io.stderr.write(
        `${added.folders.length} type${added.folders.length === 1 ? "" : "s"} made. Import one by its folder, e.g. "./${near}/${added.folders[0]}${end}".\n`,
      );
    });
}
