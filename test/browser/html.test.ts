import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../reports/html.ts';
import { largeRun } from '../reports/large-run.ts';
import { lengthened } from '../reports/long-fixture.ts';
import { CONTEXT } from '../reports/render.ts';
import { EMPTY, GOOD, RUN } from '../reports/run-fixture.ts';
import { axe, findBrowser, launch, open } from './browser.ts';

const found = findBrowser();
const PAGES = {
  everything: RUN,
  long: lengthened(RUN),
  good: GOOD,
  empty: EMPTY,
  wide: largeRun(1, 500),
  many: largeRun(60, 5),
} as const;

/** In the page's own language: this file is not type-checked against a browser. */
const IN_PAGE = {
  /** Links inside the page that lead nowhere. */
  deadLinks: `[...document.querySelectorAll('a[href^="#"], a[*|href^="#"]')]
    .map((link) => link.getAttribute('href') ?? link.getAttribute('xlink:href'))
    .filter((href) => !document.getElementById(decodeURIComponent(href.slice(1))))`,
  otherLinks: `[...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? link.getAttribute('xlink:href'))
    .filter((href) => !href.startsWith('#'))`,
  ids: `[...document.querySelectorAll('[id]')].map(({ id }) => id)`,
  handlers: `[...document.querySelectorAll('*')].flatMap((each) => each.getAttributeNames())
    .filter((name) => name.startsWith('on') || name === 'style' || name === 'src')`,
  elements: `[...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName))].sort()`,
  shownTables: `[...document.querySelectorAll('.table')].filter((each) => each.checkVisibility()).map(({ id }) => id)`,
  openAll: `document.querySelectorAll('details').forEach((each) => { each.open = true; })`,
  overflow: `document.documentElement.scrollWidth - innerWidth`,
} as const;

describe.skipIf('missing' in found)(
  `the HTML report in a browser${'missing' in found ? ` (${found.missing})` : ''}`,
  () => {
    let browser: Browser;
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'surety-html-'));
      for (const [name, run] of Object.entries(PAGES))
        await writeFile(join(folder, `${name}.html`), (await html.run?.(run, CONTEXT)) ?? '');
      browser = await launch('path' in found ? found.path : '');
    });

    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    const ask = <Answer>(page: Page, script: string): Promise<Answer> => page.evaluate(script) as Promise<Answer>;

    test.each(Object.keys(PAGES))('%s: opens from disk, nothing is fetched, refused or run', async (name) => {
      const { page, wrong, close } = await open(browser, folder, `${name}.html`);
      await ask(page, IN_PAGE.openAll);
      expect(await ask(page, IN_PAGE.handlers)).toEqual([]);
      expect(await ask(page, IN_PAGE.deadLinks)).toEqual([]);
      const ids = await ask<string[]>(page, IN_PAGE.ids);
      expect(ids.length).toBe(new Set(ids).size);
      for (const href of await ask<string[]>(page, IN_PAGE.otherLinks)) expect(href).toMatch(/^(?:https:\/\/|mailto:)/);
      expect(wrong).toEqual([]);
      await close();
    });

    test('no element of the data is one of the page', async () => {
      const elements = async (name: string): Promise<string[]> => {
        const { page, close } = await open(browser, folder, `${name}.html`);
        const names = await ask<string[]>(page, IN_PAGE.elements);
        await close();
        return names;
      };
      const all = await elements('everything');
      expect(all.filter((name) => ['img', 'b', 'e', 'iframe', 'object', 'base', 'link'].includes(name))).toEqual([]);
      const { page, close } = await open(browser, folder, 'everything.html');
      expect(await page.locator('script').count()).toBe(1);
      await close();
    });

    test('the policy lets nothing in', async () => {
      const { page, wrong, close } = await open(browser, folder, 'everything.html');
      await ask(
        page,
        `document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="alert(1)"><p style="color:red">x</p>')`,
      );
      await ask(
        page,
        `document.body.append(Object.assign(document.createElement('script'), { textContent: 'alert(2)' }))`,
      );
      await page.waitForTimeout(100);
      expect(wrong.filter((each) => each.startsWith('dialog'))).toEqual([]);
      expect(wrong.filter((each) => each.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(3);
      await close();
    });

    test('without scripts all of it can be read, and there is no filter', async () => {
      const { page, close } = await open(browser, folder, 'everything.html', { javaScriptEnabled: false });
      await expect.poll(() => page.locator('#filter').isVisible()).toBe(false);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('2 promises broken');
      await page.getByText('All 7 promises').click();
      expect(await page.getByRole('cell', { name: '✓ 0.25% (≤ 2%)' }).isVisible()).toBe(true);
      await page.locator('#t-shop-orders-orders .sql summary').click();
      expect(await page.getByText('from "sales"."orders"').isVisible()).toBe(true);
      await close();
    });

    test('the search shows what fits, and links show again what it hid', async () => {
      const { page, wrong, close } = await open(browser, folder, 'many.html');
      const all = await ask<string[]>(page, IN_PAGE.shownTables);
      expect(all).toHaveLength(60);
      await page.getByLabel('Search').fill('Table_42 column_3');
      await expect.poll(() => ask<string[]>(page, IN_PAGE.shownTables)).toEqual(['t-shop-contract_4-table_42']);
      expect(await page.locator('#t-shop-contract_4-table_42 tbody tr:visible th').allInnerTexts()).toEqual([
        'column_3',
      ]);
      expect(await page.locator('#shown').innerText()).toBe('1 of 60 tables');
      await page.getByLabel('Search').fill('');
      await expect.poll(() => ask<string[]>(page, IN_PAGE.shownTables)).toHaveLength(60);
      await page.getByLabel('✓ pass').uncheck();
      await expect.poll(() => ask<string[]>(page, IN_PAGE.shownTables)).toHaveLength(6);
      await page.getByLabel('Search').fill('no such thing');
      await expect.poll(() => ask<string[]>(page, IN_PAGE.shownTables)).toHaveLength(0);
      await page.locator('.findings a').first().click();
      await expect.poll(() => page.locator('.finding:target').isVisible()).toBe(true);
      expect(wrong).toEqual([]);
      await close();
    });

    test('a link to what is hidden shows it again, the second time too', async () => {
      const { page, wrong, close } = await open(browser, folder, 'many.html');
      const link = page.locator('.findings a').first();
      for (const again of [1, 2]) {
        await link.click();
        await page.getByLabel('Search').fill('no such thing');
        await expect.poll(() => ask<string[]>(page, IN_PAGE.shownTables), { message: `${again}` }).toHaveLength(0);
        await link.click();
        await expect.poll(() => page.locator('.finding:target').isVisible()).toBe(true);
      }
      await ask(page, `location.hash = '#%'`);
      await page.waitForTimeout(50);
      expect(wrong).toEqual([]);
      await close();
    });

    test('the search knows contracts by owner and title, and closes no list that its reader opened', async () => {
      const { page, close } = await open(browser, folder, 'everything.html');
      await page.getByLabel('Search').fill('head-of-sales');
      await expect
        .poll(() => ask<string[]>(page, IN_PAGE.shownTables))
        .toEqual(['t-shop-orders-orders', 't-shop-legacy-legacy']);
      await page.getByLabel('Search').fill('');
      await expect.poll(() => ask<string[]>(page, IN_PAGE.shownTables)).toHaveLength(3);
      const list = page.locator('#t-shop-legacy-legacy .promises');
      await list.locator('summary').click();
      await page.getByLabel('Search').fill('rows');
      await expect.poll(() => page.locator('#shown').innerText()).not.toBe('');
      await page.getByLabel('Search').fill('');
      await expect.poll(() => page.locator('#shown').innerText()).toBe('');
      expect(await ask<boolean[]>(page, `[...document.querySelectorAll('.promises')].map(({ open }) => open)`)).toEqual(
        [false, false, true],
      );
      await close();
    });

    test('a table of 500 columns stays short, and each column is found', async () => {
      const { page, close } = await open(browser, folder, 'wide.html');
      await page.getByText('All 2,002 promises').click();
      expect(await ask<number>(page, 'document.documentElement.scrollHeight')).toBeLessThan(4000);
      await page.getByLabel('Search').fill('column_499');
      await expect.poll(() => page.locator('.columns tbody tr:visible').count()).toBe(1);
      await close();
    });

    const LOOKS = [
      ['light', 1200, 'screen'],
      ['dark', 1200, 'screen'],
      ['light', 320, 'screen'],
      ['dark', 320, 'screen'],
      ['light', 1200, 'print'],
    ] as const;

    test.each(LOOKS)('axe finds nothing: %s, %i pixels, %s', async (colorScheme, width, media) => {
      for (const name of ['everything', 'good', 'empty', 'wide']) {
        const { page, close } = await open(browser, folder, `${name}.html`, {
          colorScheme,
          viewport: { width, height: 800 },
        });
        await page.emulateMedia({ media, colorScheme });
        await ask(page, IN_PAGE.openAll);
        expect(await axe(page), name).toEqual([]);
        expect(await ask<number>(page, IN_PAGE.overflow), name).toBeLessThanOrEqual(0);
        await close();
      }
    });

    test('prints: all pages have what the screen has, and no form', async () => {
      const { page, close } = await open(browser, folder, 'everything.html');
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('#filter').isVisible()).toBe(false);
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      await close();
    });
  },
);
