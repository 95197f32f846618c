import { collectMessages, parseSources } from "./messages-collect";
import type { Message } from "./messages-collect";
import { BANNER } from "./pages";

/** docs/messages.md: every error code with its messages and where they come from. */
export function messagesPage(root: string): string {
  const messages = collectMessages(parseSources(root));
  const codes = [...new Set(messages.map(({ code }) => code))];
  return `${[
    BANNER,
    "# Messages",
    "Every failure has a code that scripts may match; it stands in brackets at the end of the message, and in the `error` " +
      "of a JSON report. Codes are stable, texts are not. `{name}` stands for a value, `[…]` for a part that may be missing, " +
      "` | ` between texts of which one is shown. `--debug` shows the causes behind a message.",
    "Exit codes: 1 refused by policy or declined, 2 could not check or do it. Errors of constructs stop the app that " +
      "declares them, and have no exit code of their own.",
    ...codes.map((code) =>
      section(
        code,
        messages.filter((message) => message.code === code),
      ),
    ),
  ].join("\n\n")}\n`;
}

function section(code: string, messages: readonly Message[]): string {
  const templates = [...new Set(messages.map(({ template }) => template))];
  const items = templates.map((template) => {
    const raised = messages.filter((message) => message.template === template);
    const exit = raised[0]!.exitCode === undefined ? "in the app" : `exit code ${raised[0]!.exitCode}`;
    return `- ${oneLine(template)} _(${raised.map(({ file }) => file).join(", ")}; ${exit})_`;
  });
  return [`## ${code}`, items.join("\n")].join("\n\n");
}

/** The text in one line of Markdown: its code spans stay as they are, nothing else in it becomes markup. */
function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/</g, "&lt;").replace(/\*|\b_|_\b/g, "\\$&")))
    .join("");
}
