// The page in a real browser, opened as a file: everything that a reader does with it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundlePage } from '../../../scripts/bundle-pages.mjs';
import { createHtmlReporter } from '../../../reporters/html.ts';
import { browserPath, launchBrowser, skipReason } from './browser.ts';
import { madeMessages } from './made-report.ts';
import type { Browser, Page } from 'playwright-core';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'setpiece-page-'));
const file = join(folder, 'report.html');
let browser: Browser | undefined;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  if (browserPath === undefined) return;
  const assets = await bundlePage('report');
  const reporter = createHtmlReporter({ page: () => assets, write: (text) => writeFileSync(file, text) });
  for (const message of await madeMessages()) reporter.on(message);
  await reporter.end?.();
  browser = await launchBrowser();
});

afterEach(async () => {
  await page?.close();
  const [error] = errors.splice(0);
  if (error !== undefined) throw new Error(`the page said: ${error}`);
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function open(hash = '', options: { readonly colorScheme?: 'light' | 'dark' } = {}): Promise<Page> {
  if (browser === undefined) throw new Error('the browser was not started');
  page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  page.on('pageerror', (error) => errors.push(error.message));
  // Violations of the policy are told on the console.
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(pathToFileURL(file).href + hash);
  return page;
}

const failed = '#scenario=web-starts-in-order&backend=simulator&seed=2';
const passed = '#scenario=web-starts-in-order&backend=simulator&seed=1';

describe.skipIf(skipReason !== undefined)(
  `the page in a browser${skipReason === undefined ? '' : ` (${skipReason})`}`,
  () => {
    test('a failure is followed from the matrix to the record that decided it', async () => {
      await open();

      await page.getByRole('button', { name: /^ordered-creation on simulator: fail, 1 of 2$/ }).click();

      const card = page.getByRole('region', { name: 'Expectation' });
      expect(await card.locator('.badge').textContent()).toContain('fail');
      expect(await card.textContent()).toContain('pod/web-0 must be');
      expect(await page.getByRole('region', { name: 'Record', exact: true }).locator('h2').textContent()).toMatch(
        /^pod\/web-1 Created/,
      );
      expect(await page.getByRole('list', { name: 'Expectations that this record decided' }).textContent()).toContain(
        'broke order',
      );
      expect(await page.getByRole('grid').locator('tr[aria-selected="true"]').textContent()).toContain('✗ decided');
    });

    test('all of it can be done with keys alone', async () => {
      await open();
      const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');

      await page.keyboard.press('n');
      await page.getByRole('region', { name: 'Expectation' }).waitFor();
      await page.getByRole('treeitem', { selected: true }).focus();
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toContain('settled');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('region', { name: 'Expectation' }).textContent()).toContain('settled');
      await page.keyboard.press('ArrowLeft');
      expect(await focused()).toContain('1. two pods');
    });

    test('arrow keys on the timeline go from record to record, and the live region says which', async () => {
      await open(passed);
      await page.getByRole('application').focus();
      const said: (string | null)[] = [];

      for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'End']) {
        await page.keyboard.press(key);
        said.push(await page.getByRole('status').textContent());
      }

      expect(new Set(said).size).toBe(4);
      expect(said.every((text) => /^\+\d+\.\d{3}s, /.test(text ?? ''))).toBe(true);
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('application');
    });

    test('the order of tabs goes through the page, and what has focus shows it', async () => {
      await open(passed);
      await page.getByRole('searchbox').focus();
      const stops: string[] = [];

      for (let press = 0; press < 18; press += 1) {
        await page.keyboard.press('Tab');
        stops.push(
          await page.evaluate(() => {
            const element = document.activeElement as HTMLElement;
            const shown = element.matches('.tl-content') ? element.querySelector('canvas') : element;
            const hasRing = shown !== null && getComputedStyle(shown).outlineStyle !== 'none';
            return `${element.getAttribute('role') ?? element.tagName.toLowerCase()}${hasRing ? '' : ' without a ring'}`;
          }),
        );
      }

      const wanted = ['treeitem', 'select', 'slider', 'application', 'tr'];
      expect(stops.filter((stop, at) => wanted.includes(stop) && stops.indexOf(stop) === at)).toEqual(wanted);
      expect(stops.filter((stop) => stop.endsWith('ring') && !stop.startsWith('body'))).toEqual([]);
    });

    test('an address leads to its record, also after a reload', async () => {
      await open(passed);
      await page.getByRole('application').focus();
      await page.keyboard.press('End');
      const address = page.url();
      const title = await page.getByRole('region', { name: 'Record', exact: true }).locator('h2').textContent();

      await page.reload();

      expect(address).toMatch(/#scenario=web-starts-in-order&backend=simulator&seed=1&record=\d+$/);
      expect(page.url()).toBe(address);
      expect(await page.getByRole('region', { name: 'Record', exact: true }).locator('h2').textContent()).toBe(title);
    });

    test('an address of a scenario that is not there shows the matrix and says so', async () => {
      await open('#scenario=nobody&record=7');

      expect(await page.getByRole('heading', { name: 'Report' }).count()).toBe(1);
      expect(await page.getByRole('status').textContent()).toBe('This report has no scenario nobody');
    });

    test('the record shows its object before and after', async () => {
      await open(passed);
      await page
        .getByRole('grid')
        .getByRole('row')
        .filter({ hasText: 'sts/web' })
        .filter({ hasText: 'Ready' })
        .first()
        .click();
      const yaml = page.locator('.diff pre');

      const changes = await yaml.locator('.added').allTextContents();
      const folded = await yaml.locator('div').count();
      await page.getByRole('checkbox', { name: 'whole object' }).check();

      expect(changes.join('\n')).toContain('readyReplicas');
      expect(await yaml.locator('div').count()).toBeGreaterThan(folded);
      expect(await page.locator('.diff .sign[aria-label="added"]').count()).toBeGreaterThan(0);
    });

    test('the scrubber shows what existed then', async () => {
      await open(passed);
      await page.getByRole('slider', { name: 'Time' }).focus();
      const seen: string[] = [];

      for (const key of ['Home', 'End']) {
        await page.keyboard.press(key);
        await page.waitForFunction(
          (end) => document.querySelector('.world')?.parentElement?.querySelector('h2')?.textContent !== end,
          seen[0] ?? '',
        );
        await page.waitForTimeout(50);
        const chips = await page.locator('.world tbody tr:visible').allTextContents();
        seen.push(
          (await page.locator('.inspector h2').textContent()) ?? '',
          chips.filter((text) => text.includes('web-2')).join(),
        );
      }

      expect(seen[0]).toBe('State at +0.000s');
      expect(seen[1]).toBe('');
      expect(seen[3]).toContain('Ready');
      expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/^\+\d+\.\d{3}s$/);
    });

    test('a click on the lanes selects the record under it, dragging scrubs, the wheel zooms', async () => {
      await open(passed);
      const plot = page.locator('.tl-plot');
      const box = await plot.boundingBox();
      if (box === null) throw new Error('the plot is not shown');
      const left = (): Promise<string | null> => page.locator('.tl-handle').getAttribute('style');

      await page.mouse.move(box.x + 300, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 420, box.y + 60, { steps: 4 });
      await page.mouse.up();
      await page.waitForURL(/atMs=[\d.]+$/);
      const before = await left();
      await page.mouse.move(box.x + 10, box.y + 60);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -400);
      await page.keyboard.up('Control');
      await page.waitForFunction(
        (style) => document.querySelector('.tl-handle')?.getAttribute('style') !== style,
        before,
      );
      await page.getByRole('button', { name: 'Show the whole run' }).click();
      await page.waitForFunction(
        (style) => document.querySelector('.tl-handle')?.getAttribute('style') === style,
        before,
      );
      const first = (box.width * 0.015) / 1.03;
      await plot.click({ position: { x: first, y: 35 } });

      expect(page.url()).toMatch(/record=\d+$/);
    });

    test('the scrubber runs by itself to the end', async () => {
      await open(passed);
      await page.getByRole('combobox', { name: 'Speed' }).selectOption('100×');

      await page.getByRole('button', { name: 'Play' }).click();

      await page.waitForFunction(() => {
        const slider = document.querySelector('[role="slider"]');
        return slider?.getAttribute('aria-valuenow') === slider?.getAttribute('aria-valuemax');
      });
      expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(1);
    });

    test('the start page names what did not pass, and leads there', async () => {
      await open();
      const row = page.getByRole('table', { name: 'Did not pass' }).getByRole('row');

      const told = await row.textContent();
      await row.getByRole('button', { name: 'web-starts-in-order' }).click();

      expect(told).toContain('pod/web-0 must be');
      expect(page.url()).toMatch(/seed=2&verdict=0\.0&record=\d+$/);
    });

    test('two runs stand beside each other, and the page says where they part', async () => {
      await open(passed);

      await page
        .getByRole('combobox', { name: 'Compare with another run' })
        .selectOption({ label: 'simulator, seed 2: fail' });
      await page.locator('.parting').getByRole('button', { name: 'B: web-1 Created' }).click();

      expect(page.url()).toMatch(/record=\d+&compare=1&beside=1$/);
      expect(await page.locator('.tl-runs').textContent()).toBe('Asimulator, seed 1Bsimulator, seed 2');
      expect(await page.locator('.record h2').textContent()).toContain('pod/web-1 Created');
      await page.reload();
      expect(await page.locator('.record h2').textContent()).toContain('pod/web-1 Created');
    });

    test('light or dark is what the system says, until somebody chooses', async () => {
      await open('', { colorScheme: 'dark' });
      // The page hears of the system's change a moment later.
      const becomes = (wanted: string) =>
        page.waitForFunction((theme) => document.documentElement.dataset['theme'] === theme, wanted, { timeout: 5000 });
      const theme = (): Promise<string> => page.evaluate(() => document.documentElement.dataset['theme'] ?? '');
      const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const dark = await background();

      expect(await theme()).toBe('dark');
      await page.emulateMedia({ colorScheme: 'light' });
      await becomes('light');
      expect(await background()).not.toBe(dark);
      await page.getByRole('button', { name: 'Light or dark' }).click();
      expect(await theme()).toBe('dark');
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await theme()).toBe('dark');
    });

    test('nothing that comes from a trace is executed or becomes a link', async () => {
      for (const hash of ['', failed, `${passed}&verdict=0.0&record=5`]) {
        await open(hash);
        if (hash !== '') await page.getByRole('checkbox', { name: 'also without milestone' }).check();
        await page.waitForTimeout(100);

        expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
        expect(await page.locator('img, a[href^="javascript"], iframe').count()).toBe(0);
        await page.close();
      }
      await open(passed);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('<img src=x onerror=');
    });

    test('a script that is put into the file afterwards is refused by the policy', async () => {
      await open();

      const ran = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.hacked = 4';
        document.body.append(script);
        return (window as unknown as { hacked?: number }).hacked;
      });

      expect(ran).toBeUndefined();
      expect(errors.splice(0).join()).toContain('Content Security Policy');
    });

    test('the list of keys is a dialog that gives the focus back', async () => {
      await open(passed);
      await page.getByRole('button', { name: 'Keyboard' }).focus();

      await page.keyboard.press('Enter');
      expect(await page.getByRole('dialog').textContent()).toContain('next expectation that did not pass');
      await page.getByRole('checkbox', { name: 'single letters are shortcuts' }).uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('m');

      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Keyboard');
      expect(page.url()).toContain('scenario=');
    });
  },
);
