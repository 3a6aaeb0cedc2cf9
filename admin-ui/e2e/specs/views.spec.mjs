import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, fits, GATEWAY, THEMES, window_ } from '../console.mjs';
import { member } from '../users.mjs';

const RUN = Date.now().toString(36);
const NARROWED = 'kind=failed&range=7d';
let tenant;
let ann;
let bob;

before(async () => {
  tenant = await admin('POST', '/tenants', { name: `views-${RUN}` });
  ann = await member(`ann-${RUN}`, 'auditor', tenant);
  bob = await member(`bob-${RUN}`, 'auditor', tenant);
});

const saved = (user) => admin('GET', '/views?page=requests', undefined, user);

async function choose(page, item) {
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The filter of the address, as one reads it. */
const searchOf = (page) => new URL(page.url()).search;

test('a view is saved by keys alone, opened, and deleted', async (t) => {
  const { page, open } = await window_(t);
  await open(`/requests?${NARROWED}`, ann);
  const menu = page.getByRole('button', { name: 'Views' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Save this view…' }).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.getByRole('menuitem', { name: 'Save this view…' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByLabel('Name of the view').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(`Failures of a week ${RUN}`);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await saved(ann)).items[0].search, NARROWED);

  await page.goto(`${GATEWAY}/console/requests?range=1h`);
  await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
  await choose(page, `Failures of a week ${RUN}`);
  await page.waitForURL(`**/console/requests?${NARROWED}`);
  await page.getByRole('button', { name: 'Remove kind:Failed' }).waitFor();

  await choose(page, 'Delete views…');
  const left = page.getByRole('dialog', { name: 'Delete views' });
  await left.getByRole('button', { name: `Delete view Failures of a week ${RUN}` }).click();
  await left.getByText('No view is left').waitFor();
  assert.deepEqual((await saved(ann)).items, []);
});

test('a view without a name is not saved, and one of the same name is replaced', async (t) => {
  const { page, open } = await window_(t);
  await open('/audit?what=key&range=30d', ann);
  await choose(page, 'Save this view…');
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await dialog.getByText('Give it a name.').waitFor();
  await dialog.getByLabel('Name of the view').fill(`Keys ${RUN}`);
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.goto(`${GATEWAY}/console/audit?what=user&range=30d`);
  await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  await choose(page, 'Save this view…');
  await dialog.getByLabel('Name of the view').fill(`Keys ${RUN}`);
  await dialog.getByText('You have a view of this name: it is replaced.').waitFor();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { items } = await admin('GET', '/views?page=audit', undefined, ann);
  assert.deepEqual(
    items.map(({ search }) => search),
    ['what=user&range=30d'],
  );
});

test('a shared view is opened by a colleague, who cannot delete it', async (t) => {
  const hers = await window_(t);
  await hers.open('/usage?range=30d&metric=requests', ann);
  await choose(hers.page, 'Save this view…');
  const dialog = hers.page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByLabel('Name of the view').fill(`Month ${RUN}`);
  await dialog.getByRole('checkbox', { name: `Share with all users of ${tenant.name}` }).click();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await dialog.waitFor({ state: 'detached' });

  const his = await window_(t);
  await his.open('/usage', bob);
  await his.page.getByRole('button', { name: 'Views' }).click();
  const item = his.page.getByRole('menuitem', { name: `Month ${RUN}` });
  await item.getByText(ann.name).waitFor();
  assert.equal(await his.page.getByRole('menuitem', { name: 'Delete views…' }).getAttribute('aria-disabled'), 'true');
  await item.click();
  await his.page.waitForURL('**/console/usage?range=30d&metric=requests');
  assert.equal(searchOf(his.page), '?range=30d&metric=requests');
});

for (const theme of THEMES) {
  test(`the menu of views and its dialogs are accessible and fit a phone (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme, width: 390, height: 844 });
    await open('/keys');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).waitFor();
    await accessible(page, { menu: true });
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
    await page.getByRole('dialog', { name: 'Save this view' }).getByLabel('Name of the view').waitFor();
    await accessible(page);
    await fits(page);
  });
}
