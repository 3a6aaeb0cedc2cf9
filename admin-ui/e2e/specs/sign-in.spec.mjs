import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADMIN, accessible, fits, GATEWAY, link, THEMES, window_ } from '../console.mjs';

// A refused call is written to the browser's console by the browser itself.
const REFUSED = [/status of 401/];

for (const theme of THEMES) {
  test(`the sign-in page is accessible (${theme})`, async (t) => {
    const { page } = await window_(t, { theme, allow: REFUSED });
    await page.goto(`${GATEWAY}/console/`);
    await page.getByLabel('Password').waitFor();
    await accessible(page);
  });
}

test('a name and a password open the door, and one comes to where one wanted', async (t) => {
  const { page } = await window_(t, { allow: REFUSED });
  await page.goto(`${GATEWAY}/console/requests?range=1h`);
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('Name or password is not right.').waitFor();
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.getByLabel('Password').press('Enter');
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  assert.match(page.url(), /\/console\/requests\?range=1h$/);
});

test('a link signs in once and leaves the address at once', async (t) => {
  const { page } = await window_(t, { allow: REFUSED });
  const token = await link();
  await page.goto(`${GATEWAY}/console/#link=${token}`);
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  assert.ok(!page.url().includes(token));
  await page.context().clearCookies();
  await page.goto('about:blank');
  await page.goto(`${GATEWAY}/console/#link=${token}`);
  await page.getByRole('alert').getByText('That link was used already or is too old.').waitFor();
});

test('signing out ends the session', async (t) => {
  const { page, open } = await window_(t, { allow: REFUSED });
  await open('/overview');
  await page.getByRole('button', { name: `Signed in as ${ADMIN.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto(`${GATEWAY}/console/overview`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('the shell is worked by keys alone', async (t) => {
  const { page, open } = await window_(t);
  await open('/overview');
  await page.keyboard.press('Tab');
  await page.getByRole('link', { name: 'Skip to content' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('main:focus').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill('overv');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await accessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('t');
  await page.locator('html[data-theme="dark"]').waitFor();
});

test('a phone has the pages in a drawer', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open('/overview');
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await page.getByRole('dialog', { name: 'Navigation' }).getByRole('link', { name: 'Requests', exact: true }).click();
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await fits(page);
});

test('an address that leads nowhere says so and keeps the rail', async (t) => {
  const { page, open } = await window_(t);
  await open('/overview');
  await page.goto(`${GATEWAY}/console/nowhere`);
  await page.getByText('No such page').waitFor();
});
