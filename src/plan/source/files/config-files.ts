/** A file of a module, not read yet. */
export interface ConfigurationFile {
  /** Path inside the configuration. */
  readonly path: string;
  readonly bytes: () => Buffer;
}

const EXTENSIONS = [".tf", ".tf.json", ".tofu", ".tofu.json"] as const;

/** Which files of a module are its configuration, and which of them override the others; each in the order of their names. */
export interface ChosenFiles {
  readonly primary: readonly string[];
  readonly overrides: readonly string[];
}

/**
 * Chooses among the files of a directory as Terraform does, or OpenTofu: `.tofu` takes the place of `.tf` of the same name.
 * @param names without directories
 */
export function chooseFiles(names: readonly string[], isOpenTofu: boolean): ChosenFiles {
  const extensions = isOpenTofu ? EXTENSIONS : EXTENSIONS.slice(0, 2);
  const configuration = names
    .flatMap((name) => {
      const extension = extensions.find((one) => name.endsWith(one));
      return extension === undefined || isIgnored(name)
        ? []
        : [{ name, stem: name.slice(0, -extension.length), extension }];
    })
    .filter(
      ({ stem, extension }) =>
        !isOpenTofu || !names.includes(stem + extension.replace(".tf", ".tofu")) || extension.startsWith(".tofu"),
    )
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const isOverride = ({ stem }: { readonly stem: string }): boolean =>
    stem === "override" || stem.endsWith("_override");
  return {
    primary: configuration.filter((file) => !isOverride(file)).map(({ name }) => name),
    overrides: configuration.filter(isOverride).map(({ name }) => name),
  };
}

/** Hidden files, and those that editors leave behind. */
function isIgnored(name: string): boolean {
  return name.startsWith(".") || name.endsWith("~") || (name.startsWith("#") && name.endsWith("#"));
}
