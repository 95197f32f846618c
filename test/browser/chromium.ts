import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Browser {
  /** A page that collects what goes wrong in it. */
  page(): Promise<{ readonly page: Page; readonly problems: string[] }>;
  /** Closes all pages but the empty one that Chromium began with, which keeps it warm. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

/** A real Chromium with an empty profile. It may ask this machine only; a missing one fails the run. */
export async function openChromium(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "anycast-browser-"));
  const context = await launch(profile);
  return {
    page: async () => {
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("request", (request) => {
        if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) problems.push(`asked ${request.url()}`);
      });
      page.on("console", (message) => {
        // What the browser says when a server is gone; the tests stop servers on purpose.
        if (message.type() === "error" && !/ERR_(CONNECTION|INCOMPLETE)/.test(message.text()))
          problems.push(message.text());
      });
      page.on("dialog", (dialog) => void (problems.push(dialog.message()), dialog.dismiss()));
      return { page, problems };
    },
    closePages: async () => {
      await Promise.all(
        context
          .pages()
          .slice(1)
          .map((page) => page.close()),
      );
    },
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function launch(profile: string): Promise<BrowserContext> {
  try {
    return await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      headless: true,
      args: ARGS,
      viewport: { width: 1280, height: 900 },
    });
  } catch (thrown) {
    rmSync(profile, { recursive: true, force: true });
    throw thrown;
  }
}
