// Every page in both themes and as a phone shows it, into target/screenshots (which git ignores), to be looked at.
import { mkdirSync } from 'node:fs';
import { browser, GATEWAY, link } from './gateway.mjs';

const FOLDER = new URL('../target/screenshots/', import.meta.url).pathname;
const TALLEST = 6_000;
const RANGE = process.env.GATEHOUSE_RANGE ?? '24h';

/** A page: its name, its address, and what makes it show what is worth seeing. */
const PAGES = [
  ['overview', `/overview?range=${RANGE}`],
  ['requests', `/requests?range=${RANGE}`],
  ['request', `/requests?range=${RANGE}`, openFirst],
  ['usage', '/usage?range=30d'],
  ['playground', '/playground', ask],
  ['nodes', '/nodes'],
  ['node', '/nodes', openFirst],
  ['models', '/models'],
  ['keys', '/keys'],
  ['key', '/keys', openFirst],
  ['limits', '/limits'],
  ['tenants', '/tenants'],
  ['users', '/users'],
  ['access', '/access'],
  ['me', '/me'],
  ['audit', '/audit?range=30d'],
  ['palette', `/overview?range=${RANGE}`, (page) => page.keyboard.press('Control+k')],
  ['shortcuts', `/overview?range=${RANGE}`, (page) => page.keyboard.press('?')],
];

const WINDOWS = [
  ['light', { viewport: { width: 1440, height: 960 }, colorScheme: 'light' }],
  ['dark', { viewport: { width: 1440, height: 960 }, colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true, isMobile: true }],
];

mkdirSync(FOLDER, { recursive: true });
const wanted = process.argv.slice(2);
for (const [look, options] of WINDOWS) {
  const context = await (await browser()).newContext({
    ...options,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${GATEWAY}/console/sign-in`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.screenshot({ path: `${FOLDER}sign-in-${look}.png` });
  await page.goto(`${GATEWAY}/console/#link=${await link()}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const [name, path, act] of PAGES.filter(([one]) => wanted.length === 0 || wanted.includes(one))) {
    await page.goto(`${GATEWAY}/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    await act?.(page);
    await settled(page);
    if (look === 'phone') {
      await stretch(page, options.viewport);
    }
    await page.screenshot({ path: `${FOLDER}${name}-${look}.png` });
    await page.setViewportSize(options.viewport);
    process.stdout.write(`${name}-${look}.png\n`);
  }
  await context.close();
}
await (await browser()).close();

/** Nothing is loading any more and what was drawn has its letters. */
async function settled(page) {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 400))));
}

/** Makes the window as tall as what scrolls in it, which is a page's main part or, when one is open, a sheet. */
async function stretch(page, { width, height }, rounds = 2) {
  const hidden = await page.evaluate(() => {
    const scrolls = document.querySelectorAll('main, [role="dialog"], [role="dialog"] *');
    return Math.max(0, ...[...scrolls].map((part) => part.scrollHeight - part.clientHeight));
  });
  if (hidden > 0 && rounds > 0) {
    const taller = { width, height: Math.min(height + hidden, TALLEST) };
    await page.setViewportSize(taller);
    await settled(page);
    await stretch(page, taller, rounds - 1);
  }
}

async function openFirst(page) {
  await page.getByRole('row').nth(1).getByRole('link').first().click();
}

/** A question is answered. */
async function ask(page) {
  await page.getByRole('textbox', { name: 'Question' }).fill('What is 123 + 456?');
  await page.keyboard.press('Control+Enter');
  await page.getByText('579').first().waitFor();
}
