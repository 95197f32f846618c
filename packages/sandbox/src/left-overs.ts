import { rmSync } from "node:fs";

const paths = new Set<string>();

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });
const removeAll = (): void => paths.forEach(remove);

/**
 * Removes a file or directory at the latest when the process exits, for those who forget to stop what made it.
 * @returns the way to remove it now
 */
export function removeAtExit(path: string): () => void {
  // One listener for all: a test process may start many sandboxes.
  if (paths.size === 0) process.on("exit", removeAll);
  paths.add(path);
  return () => {
    remove(path);
    paths.delete(path);
    if (paths.size === 0) process.off("exit", removeAll);
  };
}
