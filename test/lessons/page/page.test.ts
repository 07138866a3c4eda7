// The page in a real browser: everything that a learner does with it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bundlePage } from '../../../scripts/bundle-pages.mjs';
import { browserPath, launchBrowser, skipReason } from '../../reporters/html/browser.ts';
import { fixtures, serveFixtures } from './served.ts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Served } from './served.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let assets: { readonly script: string; readonly style: string };
let browser: Browser;
let served: Served;
let page: Page;
const errors: unknown[] = [];
const solution = readFileSync(join(fixtures, '01-three-members/solution/web.yaml'), 'utf8');
const webFile = '01-three-members/web.yaml';

beforeAll(async () => {
  if (browserPath === undefined) return;
  assets = await bundlePage('exercise');
  browser = await launchBrowser();
});

beforeEach(async () => {
  if (browserPath !== undefined) served = await serveFixtures(assets);
});

afterEach(async () => {
  await page?.context().close();
  await served?.end();
  const [error] = [...errors.splice(0), ...(served?.errors ?? [])];
  if (error !== undefined) throw new Error('the page or its server said something', { cause: error });
});

afterAll(async () => {
  await browser?.close();
});

/**
 * Chromium wants to keep the colours of a text that is typed over, as a style attribute, and is refused; the editor writes its own
 * markup anyway. A conflict is an answer.
 */
function isExpected(text: string): boolean {
  return text.startsWith('Applying inline style violates') || text.includes('status of 409');
}

async function open(hash = '#/three-members', options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  // Violations of the policy are told on the console.
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) errors.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url) && !request.url().startsWith('data:')) errors.push(request.url());
  });
  await page.goto(served.url + hash);
  await page
    .locator(hash === '' ? '.ex-table' : '.cm-content')
    .first()
    .waitFor();
}

const editor = () => page.locator('.cm-content:visible');
const card = (id: string) => page.locator(`[data-check="${id}"]`);
const summary = () => page.locator('.ex-summary').textContent();
const live = () => page.locator('.unseen[role="status"]').textContent();

/** Puts a text in the place of what the open editor holds, and waits until it is saved. */
async function fill(text: string): Promise<void> {
  await editor().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.locator('.ex-saved', { hasText: /^saved$/ }).waitFor();
}

async function check(): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await page.locator('.ex-summary').waitFor();
  await page.getByRole('button', { name: /^(Check|检查)$/ }).waitFor();
}

describe.skipIf(skipReason !== undefined)(
  `the page in a browser${skipReason === undefined ? '' : ` (${skipReason})`}`,
  () => {
    test('a wrong answer shows what was expected and seen, with a hint at a time and the run', async () => {
      await open();
      await check();

      expect(await summary()).toContain('0 of 3 points');
      expect(await card('ready').textContent()).toContain('Expected');
      expect(await card('ready').textContent()).not.toContain('It asks for one');

      await card('ready').getByRole('button', { name: 'Hint 1 of 2' }).click();
      await card('ready').getByRole('button', { name: 'Hint 2 of 2' }).click();
      await page.getByText('It asks for one.').first().waitFor();

      expect(await card('ready').getByRole('button', { name: /^Hint/ }).count()).toBe(0);
      expect(await card('ready').locator('.ex-hints li').allTextContents()).toEqual([
        'Hint 1 of 2: How many replicas does it ask for?',
        'Hint 2 of 2: It asks for one.',
      ]);
      expect(await page.getByRole('application', { name: /^Timeline of \d+ objects/ }).isVisible()).toBe(true);
    });

    test('the solution is shown after a question, and passes with all points', async () => {
      await open();
      await page.getByRole('button', { name: 'Solution' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      expect(await page.getByRole('dialog').count()).toBe(0);
      await page.getByRole('button', { name: 'Solution' }).click();
      await page.getByRole('button', { name: 'Show it' }).click();
      await page.locator('.ex-solution').first().waitFor();
      const shown = await page.locator('.ex-solution').allTextContents();
      await page.getByRole('button', { name: 'Close' }).click();

      await fill(shown[0] ?? '');
      await page.getByRole('tab', { name: 'grow.sh' }).click();
      await fill(shown[1] ?? '');
      await check();

      expect(shown[0]).toBe(solution);
      expect(await summary()).toContain('3 of 3 points');
      expect(await page.locator('.ex-check.ex-pass').count()).toBe(2);
      expect(await page.locator('.ex-console').textContent()).toContain('statefulset.apps/web scaled');
      expect(served.read(webFile)).toBe(solution);
      await page.getByRole('link', { name: 'All exercises' }).click();
      expect(await page.locator('.ex-done').textContent()).toContain('3 / 3');
    });

    test('completion offers the fields of the type, with their descriptions, and the words that they take', async () => {
      await open();
      await fill('apiVersion: apps/v1\nkind: StatefulSet\n');

      await page.keyboard.type('spec:\npod');
      await page
        .locator('.cm-tooltip-autocomplete')
        .getByRole('option', { name: /^podManagementPolicy/ })
        .waitFor();
      await page.locator('.ex-info', { hasText: 'podManagementPolicy controls how pods' }).waitFor();
      await page.waitForTimeout(100);
      await page.keyboard.press('Enter');
      await page.keyboard.type('Pa');
      await page
        .locator('.cm-tooltip-autocomplete')
        .getByRole('option', { name: /^Parallel/ })
        .waitFor();
      await page.waitForTimeout(100);
      await page.keyboard.press('Enter');

      await page.locator('.ex-saved', { hasText: /^saved$/ }).waitFor();
      expect(served.read(webFile)).toBe(
        'apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  podManagementPolicy: Parallel',
      );
    });

    test('mistakes are marked at their lines: while writing, and after a check', async () => {
      await open();
      await fill(solution.replace('replicas: 3', 'replica: 3'));

      await page.locator('.cm-lintRange-warning', { hasText: 'replica' }).waitFor();
      await fill(solution.replace('kind: Service', 'kind: ConfigMap').replace(/spec:\n {2}clusterIP[^]*?---/, '---'));
      await check();

      expect(await summary()).toContain('The files cannot be used yet');
      const trouble = page.locator('.ex-troubles .link').first();
      expect(await trouble.textContent()).toMatch(/^web\.yaml:\d$/);
      expect(await page.locator('.cm-lint-marker-error').count()).toBeGreaterThan(0);
      await trouble.click();
      expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('web.yaml, editor');
    });

    test('the language is switched without losing the answer, the hints or the place, and is kept', async () => {
      await open();
      await check();
      await card('grows').getByRole('button', { name: 'Hint' }).click();
      await page.locator('.ex-hints').waitFor();
      await fill('# mine\n');

      await page.getByRole('combobox', { name: 'Language' }).selectOption('zh');

      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('三个成员');
      expect(await card('grows').textContent()).toContain('命令是 kubectl scale。');
      expect(await page.getByRole('button', { name: '检查' }).isVisible()).toBe(true);
      expect(await editor().textContent()).toBe('# mine');
      expect(await page.evaluate('document.documentElement.lang')).toBe('zh');
      await page.reload();
      await page.getByRole('button', { name: '检查' }).waitFor();
    });

    test('the timeline speaks the language of the page, and goes on speaking the one that is chosen', async () => {
      await open();
      await check();
      const choose = async (language: string): Promise<void> => {
        await page.getByRole('combobox', { name: /Language|语言/ }).selectOption(language);
      };
      const english = await page.evaluate(`(${timelineTexts})()`);
      const box = page.locator('.tl-unchanged input');
      await box.check();
      await page.getByRole('combobox', { name: 'Speed' }).selectOption('20');

      await choose('zh');
      await page.getByText('没有控制器的 Pod').or(page.getByText('存储')).first().waitFor();
      const chinese = await page.evaluate<readonly string[]>(`(${timelineTexts})()`);

      expect(chinese.filter((text) => /[A-Za-z]{2}/.test(text))).toEqual([]);
      expect(chinese).toEqual(expect.arrayContaining(['时间线视图', '缩小', '播放', '请求', '游标处的状态', '时间']));
      expect(await page.getByRole('application', { name: /^时间线：\d+ 个对象，\d+ 条记录$/ }).isVisible()).toBe(true);
      expect(await page.getByRole('slider', { name: '时间' }).count()).toBe(1);
      expect(await page.locator('.ex-timeline .timeline[lang], .ex-timeline .timeline [lang]').count()).toBe(0);
      expect(await box.isChecked()).toBe(true);
      expect(await page.getByRole('combobox', { name: '速度' }).inputValue()).toBe('20');
      await page.getByRole('button', { name: '播放' }).click();
      await page.getByRole('button', { name: '暂停' }).click();
      await box.uncheck();
      await choose('en');
      expect(await page.evaluate(`(${timelineTexts})()`)).toEqual(english);
      await choose('zh');
      await page.reload();
      await editor().waitFor();
      await check();
      expect(await page.getByRole('group', { name: '时间线视图' }).isVisible()).toBe(true);
    });

    test('everything can be done with keys alone', async () => {
      await open('');
      const press = async (...keys: readonly string[]): Promise<void> => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const focused = (): Promise<unknown> =>
        page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
      while ((await focused()) !== 'Three members') await press('Tab');
      await press('Enter');
      await editor().waitFor();
      await press('F6', 'F6');
      expect(await focused()).toBe('web.yaml, editor');
      await press('Control+a');
      await page.keyboard.insertText(solution);
      // The editor lets the focus go on.
      await press('Tab');
      expect(await focused()).not.toBe('web.yaml, editor');
      await press('Shift+Tab', 'Shift+Tab');
      expect(await focused()).toBe('web.yaml');
      await press('ArrowRight');
      expect(await focused()).toBe('grow.sh');
      await check();
      expect(await live()).toContain('2 of 3 points');
      expect(await live()).toContain('Then it grows to four');
      await press('F6', 'F6');
      while ((await focused()) !== 'Hint') await press('Tab');
      await press('Enter');
      await page.locator('.ex-hints').waitFor();
      expect(await live()).toContain('kubectl scale');
      await press('F6', 'ArrowRight');
      expect(await page.locator('.ex-record').textContent()).toMatch(/^\+0\.000s/);
    });

    test("a learner's text and the author's markup stay text", async () => {
      await open();
      const evil = '<script>window.hacked = 4</script><img src=x onerror="window.hacked=5">';
      await fill(`kind: ${evil}\napiVersion: v1\nmetadata: { name: "${evil.replaceAll('"', "'")}" }\n`);
      await check();

      expect(await page.locator('.ex-result').textContent()).toContain('<');
      expect(await page.locator('.ex-task').textContent()).toContain('<script>window.hacked = 1</script>');
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(await page.locator('main img, main script, a[href^="javascript"]').count()).toBe(0);
    });

    test('an edit on disk shows up; where both wrote, the learner chooses', async () => {
      await open();
      served.write(webFile, 'from: disk\n');
      await page.locator('.cm-content', { hasText: 'from: disk' }).waitFor();
      expect(await live()).toContain('web.yaml was changed on disk');

      await editor().click();
      await page.keyboard.press('Control+End');
      served.write(webFile, 'from: disk again\n');
      await page.keyboard.type('mine: 1');
      const alert = page.getByRole('alert').filter({ hasText: 'was changed on disk while you wrote' });
      await alert.waitFor();
      expect(served.read(webFile)).toBe('from: disk again\n');
      await alert.getByRole('button', { name: 'Keep mine' }).click();

      await page.locator('.ex-saved', { hasText: /^saved$/ }).waitFor();
      expect(served.read(webFile)).toBe('from: disk\nmine: 1');
    });

    test('files are handed out again after a question', async () => {
      await open();
      await fill('mine: 1\n');
      await page.getByRole('button', { name: 'Start over' }).click();
      await page.getByRole('button', { name: 'Put them back' }).click();

      await page.locator('.cm-content', { hasText: 'StatefulSet' }).waitFor();
      expect(served.read(webFile)).toBe(readFileSync(join(fixtures, '01-three-members/start/web.yaml'), 'utf8'));
    });

    test('a server that is gone is told', async () => {
      await open();
      await page.route('**/api/**', (route) => route.abort());
      await page.keyboard.press('Control+Enter');

      const alert = page.getByRole('alert').filter({ hasText: 'The server does not answer' });
      await alert.waitFor();
      expect(await alert.textContent()).toContain('exercise serve');
      errors.splice(0);
      await page.unroute('**/api/**');
    });

    test.each(['light', 'dark'] as const)(
      'texts can be read in the %s theme, and everything has a name',
      async (scheme) => {
        await open('#/three-members', { colorScheme: scheme });
        await check();
        await card('ready').getByRole('button', { name: /^Hint/ }).click();
        await page.locator('.ex-hints').waitFor();
        await page.waitForTimeout(400);

        expect(await page.evaluate(`(${lowContrast})()`)).toEqual([]);
        expect(await page.evaluate(`(${nameless})()`)).toEqual([]);
        expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      },
    );
  },
);

/**
 * Runs in the page: every text of the timeline's own, seen or told to assistive technologies. Names of workloads, kinds and states
 * are the API's in every language.
 */
const timelineTexts = `() => {
  const timeline = document.querySelector('.timeline');
  const texts = [];
  for (const element of [timeline, ...timeline.querySelectorAll('*')]) {
    for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'placeholder', 'title']) {
      if (element.closest('.tl-labels') === null && element.hasAttribute(name)) texts.push(element.getAttribute(name));
    }
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data);
    if (element.closest('.tl-toolbar, .tl-legend') !== null) texts.push(...own);
  }
  const headings = [...timeline.querySelectorAll('.tl-group .tl-name')].map(({ textContent }) => textContent);
  return [...texts, ...headings.filter((text) => !text.includes('/') && !text.includes('Pod'))];
}`;

/** Runs in the page: what can be used and has no name. */
const nameless = `() => [...document.querySelectorAll('button, a[href], input, select, section, [role="textbox"], [role="tab"]')]
  .filter((element) => element.checkVisibility() && (element.getAttribute('aria-label') ?? (element.closest('label') ?? element).textContent.trim()) === '')
  .map((element) => element.outerHTML.slice(0, 80))`;

/** Runs in the page: texts whose contrast against what lies behind them is below that of WCAG AA. */
const lowContrast = `() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    if (element === null) return [255, 255, 255];
    const colour = parse(getComputedStyle(element).backgroundColor);
    return colour.length === 3 ? colour : behind(element.parentElement);
  };
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || node.textContent.trim() === '' || !element.checkVisibility()) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faults.add(element.className + ' ' + node.textContent.slice(0, 20) + ': ' + contrast.toFixed(2));
  }
  return [...faults];
}`;
