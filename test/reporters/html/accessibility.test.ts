// What a reader who does not see the page, or not well, needs of it: names, roles, one tab stop a widget, contrast.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundlePage } from '../../../scripts/bundle-pages.mjs';
import { createHtmlReporter } from '../../../reporters/html.ts';
import { browserPath, launchBrowser, skipReason } from './browser.ts';
import { madeMessages } from './made-report.ts';
import type { Browser, Page } from 'playwright-core';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'setpiece-page-'));
const file = join(folder, 'report.html');
let browser: Browser | undefined;

beforeAll(async () => {
  if (browserPath === undefined) return;
  const assets = await bundlePage('report');
  const reporter = createHtmlReporter({ page: () => assets, write: (text) => writeFileSync(file, text) });
  for (const message of await madeMessages()) reporter.on(message);
  await reporter.end?.();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function open(hash: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  if (browser === undefined) throw new Error('the browser was not started');
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme });
  await page.goto(pathToFileURL(file).href + hash);
  await page.waitForTimeout(150);
  return page;
}

const views = [
  ['matrix', ''],
  ['failure', '#scenario=web-starts-in-order&seed=2&verdict=0.0&record=12'],
  ['state', '#scenario=web-starts-in-order&seed=1&atMs=3000'],
  ['comparison', '#scenario=web-starts-in-order&seed=1&record=12&compare=1'],
] as const;

describe.skipIf(skipReason !== undefined).each(views)(
  `%s${skipReason === undefined ? '' : ` (${skipReason})`}`,
  (_, hash) => {
    test('everything that can be used has a name; roles stand where they belong, with one tab stop in each list', async () => {
      const page = await open(hash);

      const faults = await page.evaluate(() => {
        const nameOf = (element: Element): string =>
          element.getAttribute('aria-label') ?? (element.closest('label') ?? element).textContent?.trim() ?? '';
        const usable = [
          ...document.querySelectorAll(
            'button, a[href], input, select, [role="slider"], [role="application"], [role="grid"], [role="tree"], nav, aside',
          ),
        ];
        return [
          ...usable
            .filter((element) => nameOf(element) === '')
            .map((element) => `no name: ${element.outerHTML.slice(0, 80)}`),
          ...[...document.querySelectorAll('canvas:not([aria-hidden])')].map(
            () => 'a canvas that readers would announce',
          ),
          ...[...document.querySelectorAll('[tabindex]')]
            .filter((element) => !['0', '-1'].includes(element.getAttribute('tabindex') ?? ''))
            .map((element) => `tabindex: ${element.outerHTML.slice(0, 80)}`),
        ];
      });
      const found = await page.evaluate(() => ({
        language: document.documentElement.lang,
        headings: document.querySelectorAll('h1').length,
        trees:
          document.querySelectorAll('[role="tree"] > [role="treeitem"]').length ===
          document.querySelectorAll('[role="treeitem"]').length,
        levels: [...document.querySelectorAll('[role="treeitem"]')].every((item) => item.hasAttribute('aria-level')),
        treeStops: document.querySelectorAll('[role="treeitem"][tabindex="0"]').length,
        rowStops:
          document.querySelectorAll('[role="grid"] tbody tr[tabindex="0"]').length ===
          document.querySelectorAll('[role="grid"]').length,
        live: document.querySelectorAll('[role="status"][aria-live="polite"]').length,
        ids: [...document.querySelectorAll('[id]')].every(({ id }) => document.querySelectorAll(`#${id}`).length === 1),
      }));
      await page.close();

      expect(faults).toEqual([]);
      expect(found).toEqual({
        language: 'en',
        headings: 1,
        trees: true,
        levels: true,
        treeStops: 1,
        rowStops: true,
        live: 1,
        ids: true,
      });
    });

    test.each(['light', 'dark'] as const)(
      'text can be read in the %s theme: contrast of 4.5 and more',
      async (theme) => {
        const page = await open(hash, theme);

        const faint = await page.evaluate(lowContrast);
        await page.close();

        expect(faint).toEqual([]);
      },
    );
  },
);

/** Runs in the page: texts whose contrast against what lies behind them is below that of WCAG AA. */
function lowContrast(): readonly string[] {
  const parse = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element | null): readonly number[] => {
    if (element === null) return [255, 255, 255];
    const colour = parse(getComputedStyle(element).backgroundColor);
    return colour.length === 3 ? colour : behind(element.parentElement);
  };
  const faults = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || node.textContent?.trim() === '' || !element.checkVisibility()) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faults.add(`${element.className || element.tagName}: ${contrast.toFixed(2)}`);
  }
  return [...faults];
}
