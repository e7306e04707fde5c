import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axeCore from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const REMEDY =
  'the report was not opened in a browser: apt-get install -y chromium, or name one in SURETY_TEST_CHROMIUM';
const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a browser is, or what to do to have one. In CI there has to be one. */
export function findBrowser(): { readonly path: string } | { readonly missing: string } {
  const path = process.env['SURETY_TEST_CHROMIUM'] ?? PATHS.find((candidate) => existsSync(candidate));
  if (path !== undefined) return { path };
  if (process.env['SURETY_TEST_REQUIRE_SERVERS'] === '1') throw new Error(REMEDY);
  process.stderr.write(`skipped: ${REMEDY}\n`);
  return { missing: REMEDY };
}

export function launch(path: string): Promise<Browser> {
  // The sandbox needs rights that containers lack; the page is our own.
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}

/** A page that is open, and everything that should not have happened on it. */
export interface Opened {
  readonly page: Page;
  readonly wrong: readonly string[];
  close(): Promise<void>;
}

/** Opens a file from disk. */
export async function open(browser: Browser, folder: string, name: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const address = pathToFileURL(join(folder, name)).href;
  const wrong: string[] = [];
  page.on('console', (message) => wrong.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('dialog', async (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  context.on('page', () => wrong.push('another page was opened'));
  page.on('request', (request) => {
    if (request.url() !== address) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, wrong, close: () => context.close() } satisfies Opened;
}

/** What axe finds, by rule and place; run through the debugger, as the page lets no script in. */
export async function axe(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    const { violations } = await checker.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  });
}

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
