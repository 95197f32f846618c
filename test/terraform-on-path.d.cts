/** Puts a directory with a `terraform` first on the PATH of `env`, where there is none. */
export function putTerraformOnPath(root: string, env?: NodeJS.ProcessEnv): void;
