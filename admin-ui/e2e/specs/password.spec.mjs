import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, admin, fits, GATEWAY, THEMES, window_ } from '../console.mjs';
import { invite, member } from '../users.mjs';

// A refused call is written to the browser's console by the browser itself.
const REFUSED = [/status of 40[01]/];
const RUN = Date.now().toString(36);

async function fill(page, next, again) {
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('New password again').fill(again);
  await page.getByRole('button', { name: 'Set password' }).click();
}

test('a first password is told to be too short, then to be typed differently, and then is set', async (t) => {
  const { page } = await window_(t, { allow: REFUSED });
  await page.goto(`${GATEWAY}/console/#link=${await invite(`first-${RUN}`, 'auditor')}`);
  await page.getByText(`Choose the password with which first-${RUN} signs in from now on.`).waitFor();
  assert.equal(await page.getByLabel('Present password').count(), 0);
  await fill(page, 'too short', 'too short');
  await page.getByRole('alert').getByText('12 characters or more').waitFor();
  await fill(page, `correct horse ${RUN}`, `correct house ${RUN}`);
  await page.getByText('The two are not the same.').waitFor();
  await accessible(page);
  await page.getByLabel('New password again').fill(`correct horse ${RUN}`);
  await page.getByText('The two are not the same.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.getByText('Password set. Your other sessions have ended.').waitFor();
});

test('until it is set no other page opens', async (t) => {
  const { page } = await window_(t);
  await page.goto(`${GATEWAY}/console/#link=${await invite(`until-${RUN}`, 'auditor')}`);
  await page.getByRole('heading', { name: 'Set a password' }).waitFor();
  await page.goto(`${GATEWAY}/console/requests`);
  await page.getByRole('heading', { name: 'Set a password' }).waitFor();
});

test('who has a password gives it to set another, which is good from then on', async (t) => {
  const user = await member(`again-${RUN}`, 'auditor');
  const { page, open } = await window_(t, { allow: REFUSED });
  await open('/overview', user);
  await page.getByRole('button', { name: `Signed in as ${user.name}` }).click();
  await page.getByRole('menuitem', { name: 'Change password' }).click();
  const next = `another horse ${RUN}`;
  await page.getByLabel('Present password').fill('not the password');
  await fill(page, next, next);
  await page.getByRole('alert').getByText('give your present password').waitFor();
  await page.getByLabel('Present password').fill(user.password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  assert.equal((await admin('GET', '/session', undefined, { ...user, password: next })).name, user.name);
});

test('an invitation ends with the first password that is set', async (t) => {
  const used = await invite(`used-${RUN}`, 'auditor');
  const [{ id }] = (await admin('GET', `/users?name=used-${RUN}`)).items;
  const left = (await admin('POST', `/users/${id}/links`)).link;
  const { page } = await window_(t, { allow: REFUSED });
  await page.goto(`${GATEWAY}/console/#link=${used}`);
  await page.getByRole('heading', { name: 'Set a password' }).waitFor();
  await fill(page, `correct horse ${RUN}`, `correct horse ${RUN}`);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  for (const link of [used, left]) {
    const stranger = await window_(t, { allow: REFUSED });
    await stranger.page.goto(`${GATEWAY}/console/#link=${link}`);
    await stranger.page.getByRole('alert').getByText('That link was used already or is too old.').waitFor();
    await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  }
});

for (const theme of THEMES) {
  test(`the page for a password is accessible and fits a phone (${theme})`, async (t) => {
    const { page } = await window_(t, { theme, width: 390, height: 844 });
    await page.goto(`${GATEWAY}/console/#link=${await invite(`${theme}-${RUN}`, 'auditor')}`);
    await page.getByRole('heading', { name: 'Set a password' }).waitFor();
    await page.getByLabel('New password again').waitFor();
    await accessible(page);
    await fits(page);
  });
}
