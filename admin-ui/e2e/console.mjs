// Windows of a browser before a running gateway. A test fails when the console of its window says anything, when
// anything is asked of another host, or when the content-security policy stops something.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { browser, GATEWAY, link, WAIT_MS } from './gateway.mjs';

export { ADMIN, admin, chat, eventually, GATEWAY, KEY, link, MODEL } from './gateway.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

after(async () => (await browser()).close());

/**
 * A window of its own. `open(path)` signs in by a one-time link and goes there; `check()` asserts that nothing was said,
 * refused or asked of others, and is called by itself when the test ends.
 */
export async function window_(t, { theme = 'light', width = 1280, height = 900, allow = [] } = {}) {
  const context = await (await browser()).newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    hasTouch: width < 500,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(WAIT_MS);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: GATEWAY });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.stack}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== new URL(GATEWAY).origin) {
      said.push(`asked of another host: ${request.url()}`);
    }
  });
  const check = () =>
    assert.deepEqual(
      said.filter((line) => !allow.some((pattern) => pattern.test(line))),
      [],
    );
  t.after(async () => {
    await context.close();
    check();
  });
  const open = async (path, user) => {
    await page.goto(`${GATEWAY}/console${path}#link=${await link(user)}`, { waitUntil: 'domcontentloaded' });
    // An open sheet hides the page's heading from readers, not from eyes.
    await page.locator('h1').first().waitFor();
  };
  return { page, open, check };
}

/**
 * Asserts that axe finds nothing in the page as it is now. It comes in by the debugger, so the policy stays on. An open
 * menu floats beside all landmarks, as menus do.
 */
export async function accessible(page, { menu = false } = {}) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: AXE });
  const { result, exceptionDetails } = await debug.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'], rules: { region: { enabled: ${!menu} } } }).then((found) =>
      JSON.stringify(found.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target, failureSummary }) => [target.join(' '), failureSummary]) }))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await debug.detach();
  assert.equal(exceptionDetails, undefined);
  assert.deepEqual(JSON.parse(result.value), []);
}

/** Asserts that a page is as wide as its window: what is wider scrolls inside its own frame. */
export async function fits(page) {
  const { content, view } = await page.evaluate(() => ({
    content: Math.max(document.documentElement.scrollWidth, document.querySelector('main')?.scrollWidth ?? 0),
    view: innerWidth,
  }));
  assert.ok(content <= view, `the page is ${content} px wide in a window of ${view}`);
}

/** Runs a test in both themes. */
export const THEMES = ['light', 'dark'];
