/**
 * The commands of a shell snippet, without its comments. A quote, a loop, a function and a backslash at the end of a line
 * go on in the next one.
 */
export function commandsOf(text: string): string[] {
  const commands: string[] = [];
  let command = "";
  let quote: string | undefined;
  const end = (): void => {
    const isLoop = /\bfor\b.*\bdo\b/.test(command) && !/\bdone\b/.test(command);
    const isFunction = /^\w+\(\) *\{/.test(command) && !/^\}$/m.test(command);
    if (isLoop || isFunction) return void (command += "\n");
    if (command.trim() !== "") commands.push(command.trim());
    command = "";
  };
  for (let at = 0; at < text.length; at++) {
    const one = text.charAt(at);
    if (quote !== undefined) {
      command += one;
      if (one === "\\" && quote === '"') command += text.charAt(++at);
      else if (one === quote) quote = undefined;
    } else if (one === "\\") {
      command += one + text.charAt(++at);
    } else if (one === "#" && /(^|\s)$/.test(command)) {
      while (at + 1 < text.length && text.charAt(at + 1) !== "\n") at++;
    } else if (one === "\n") {
      end();
    } else {
      if (one === '"' || one === "'") quote = one;
      command += one;
    }
  }
  end();
  return commands;
}
