// A gateway that runs, and a browser to stand before it.
import assert from 'node:assert/strict';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

export const WAIT_MS = 60_000;

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
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    headless: true,
  });
  return started;
}

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

/** Waits until something holds that no page shows. */
export async function eventually(holds, what) {
  const end = Date.now() + WAIT_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < end, what);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** A token that signs in once. */
export async function link(user = ADMIN) {
  return (await admin('POST', '/session/links', undefined, user)).link;
}
