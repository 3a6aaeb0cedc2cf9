import assert from 'node:assert/strict';
import { test } from 'node:test';
import { window_ } from '../console.mjs';

// A file that is gone is written to the browser's console by the browser itself.
const GONE = [/status of 404/, /Failed to fetch dynamically imported module/];
const CHUNK = '**/console/assets/UsersPage-*.js';

/** Answers for the file of a page as a gateway of another build would, `times` times. */
async function gone(page, times) {
  let left = times;
  await page.route(CHUNK, (route) => {
    left -= 1;
    return left >= 0 ? route.fulfill({ status: 404, contentType: 'text/plain', body: 'gone' }) : route.continue();
  });
  await page.evaluate(() => {
    window.loadedBefore = true;
  });
}

const loadedBefore = (page) => page.evaluate(() => window.loadedBefore === true);

test('a page whose file is of an older build is loaded anew, once', async (t) => {
  const { page, open } = await window_(t, { allow: GONE });
  await open('/overview');
  await gone(page, 1);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  assert.equal(await loadedBefore(page), false);
});

test('where that does not help, the page says that it failed and the rail lives on', async (t) => {
  const { page, open } = await window_(t, { allow: GONE });
  await open('/overview');
  await gone(page, Number.POSITIVE_INFINITY);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByRole('alert').getByText('This page failed').waitFor();
  assert.equal(await loadedBefore(page), false);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Tenants' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
});
