// A browser that stands before a running gateway. Every page it opens fails its test when the console of the browser
// says anything, when anything is asked of another host, or when the content-security policy stops something.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const WAIT_MS = 15_000;

function setting(name) {
  const value = process.env[name];
  assert.ok(value, `${name} says against what the console is tested; see ConsoleIT`);
  return value;
}

/** The public port of the gateway, without a path. */
export const GATEWAY = setting('GATEHOUSE_URL');
export const ADMIN = { name: setting('GATEHOUSE_ADMIN_USER'), password: setting('GATEHOUSE_ADMIN_PASSWORD') };
export const KEY = setting('GATEHOUSE_KEY');
export const MODEL = process.env.GATEHOUSE_MODEL ?? 'echo';

let started;

export async function browser() {
  started ??= chromium.launch({
    executablePath: process.env.GATEHOUSE_CHROME ?? (await sparticuz.executablePath()),
    args: process.env.GATEHOUSE_CHROME ? [] : sparticuz.args,
    headless: true,
  });
  return started;
}

after(async () => {
  if (started !== undefined) {
    await (await started).close();
  }
});

/** Calls the administration as a program would. */
export async function admin(method, path, body, user = ADMIN) {
  const response = await fetch(`${GATEWAY}/api/admin/v1${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(WAIT_MS),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** One chat completion with the installation's key; answers the id of its request. */
export async function chat(content, extra = {}) {
  const response = await fetch(`${GATEWAY}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content }], ...extra }),
    signal: AbortSignal.timeout(60_000),
  });
  await response.text();
  return response.headers.get('x-request-id');
}

/** A token that signs in once. */
export async function link(user = ADMIN) {
  return (await admin('POST', '/session/links', undefined, user)).link;
}

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
    await page.goto(`${GATEWAY}/console${path}#link=${await link(user)}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  return { page, open, check };
}

/** Asserts that axe finds nothing in the page as it is now. It comes in by the debugger, so the policy stays on. */
export async function accessible(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: AXE });
  const { result, exceptionDetails } = await debug.send('Runtime.evaluate', {
    expression: `axe.run(document, { resultTypes: ['violations'] }).then((found) =>
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
