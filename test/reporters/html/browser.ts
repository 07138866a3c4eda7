// A real browser for pages: the Chromium that SETPIECE_CHROMIUM names, or one of the PATH. Tests of pages skip, with a reason,
// where there is none.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Where the browser is; undefined: there is none. */
export const browserPath: string | undefined = findBrowser();

/** Why tests of pages are skipped; undefined: they are not. */
export const skipReason: string | undefined =
  browserPath === undefined ? `no browser: set SETPIECE_CHROMIUM, or install one of ${names.join(', ')}` : undefined;

/** Starts it without a window. */
export async function launchBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error(skipReason);
  // The sandbox of Chromium refuses to work for root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: browserPath, args });
}

function findBrowser(): string | undefined {
  const named = process.env['SETPIECE_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Most folders of the PATH have no browser.
    return false;
  }
}
