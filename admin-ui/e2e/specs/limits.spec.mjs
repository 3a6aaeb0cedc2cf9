import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, admin, fits, MODEL, THEMES, window_ } from '../console.mjs';

const RUN = Date.now().toString(36);
let project;
let key;
const made = [];

async function limit(level, subject, what, per, amount) {
  const one = await admin('POST', '/limits', { level, subject, what, per, amount });
  made.push(one.id);
  return one;
}

before(async () => {
  const tenant = await admin('POST', '/tenants', { name: `limits-${RUN}` });
  project = await admin('POST', '/projects', { tenant: tenant.id, name: `budget-${RUN}` });
  ({ key } = await admin('POST', '/keys', { project: project.id, name: `limited-${RUN}` }));
  await limit('tenant', tenant.id, 'charge', 'month', '100');
  await limit('project', project.id, 'charge', 'month', '40');
  await limit('key', key.id, 'input_tokens', 'minute', '1000');
});

after(async () => {
  for (const id of made) {
    await admin('DELETE', `/limits/${id}`).catch(() => {});
  }
});

for (const theme of THEMES) {
  test(`Quotas and budgets are accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open(`/limits/${project.id}`);
    await page.getByRole('rowheader', { name: /^Money per month/ }).waitFor();
    await accessible(page);
    await page.getByRole('button', { name: 'Set limit' }).click();
    await page.getByRole('dialog').getByLabel('Amount').waitFor();
    await accessible(page);
  });
}

test('a key shows its own and its inherited limits, and which of them binds', async (t) => {
  const { page, open } = await window_(t);
  await open(`/limits/${key.id}`);
  const table = page.getByRole('region', { name: 'Limits, own and inherited' });
  await table.getByRole('rowheader', { name: 'Money per month Effective $40.00' }).waitFor();
  await table.getByRole('row', { name: new RegExp(`Project budget-${RUN} binds`) }).waitFor();
  await table.getByRole('row', { name: new RegExp(`Key limited-${RUN}, here 1,000`) }).waitFor();
});

test('the tree leads from the organisation to a key, and finds one by name', async (t) => {
  const { page, open } = await window_(t);
  await open('/limits');
  const tree = page.getByRole('navigation', { name: 'Organisation, tenants, projects and keys' });
  await tree.getByRole('link', { name: `limits-${RUN} Tenant` }).click();
  await tree.getByRole('link', { name: `budget-${RUN} Project` }).click();
  await tree.getByRole('link', { name: `limited-${RUN} Key` }).click();
  await page.waitForURL(new RegExp(`/limits/${key.id}`));
  await tree.getByLabel('Find a tenant, project or key').fill('nobody-has-this');
  await tree.getByText('Nothing of that name.').waitFor();
});

test('what-if tells which limit would refuse', async (t) => {
  const { page, open } = await window_(t);
  await open(`/limits/${key.id}?ifKey=${key.id}&ifModel=${MODEL}&ifInput=10&ifOutput=10`);
  const box = page.getByRole('region', { name: 'What if' });
  await box.getByText('Would be admitted').waitFor();
  await box.getByLabel('Input tokens').fill('5000');
  await box.getByText('Would be refused').waitFor();
  await box.getByText(`Input tokens per minute (Key limited-${RUN}): it needs 5,000`).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('ifInput'), '5000');
});

test('a limit is set, changed, overridden and deleted', async (t) => {
  const { page, open } = await window_(t);
  await open(`/limits/${key.id}`);
  await page.getByRole('button', { name: 'Set limit' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Set limit' }).click();
  await dialog.getByText('Write an amount such as 12.50.').waitFor();
  await dialog.getByLabel('Amount').fill('12.50');
  await dialog.getByRole('button', { name: 'Set limit' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('rowheader', { name: 'Money per month Effective $12.50' }).waitFor();

  const menu = page.getByRole('button', { name: 'Actions for Money per month' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Change amount' }).click();
  await dialog.getByLabel('Amount').fill('15');
  await dialog.getByRole('button', { name: 'Save amount' }).click();
  await page.getByRole('rowheader', { name: 'Money per month Effective $15.00' }).waitFor();

  await menu.click();
  await page.getByRole('menuitem', { name: 'Override for a time' }).click();
  await dialog.getByLabel('Amount').fill('30');
  await dialog.getByRole('button', { name: 'Set override' }).click();
  await page.getByText(/30\.00 instead/).waitFor();
  await page.getByRole('rowheader', { name: 'Money per month Effective $30.00' }).waitFor();
  await page.getByRole('button', { name: 'End override' }).click();
  await page.getByText(/30\.00 instead/).waitFor({ state: 'detached' });

  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete limit' }).click();
  await dialog.getByText('Calls are no longer held to $15.00.').waitFor();
  await dialog.getByRole('button', { name: 'Delete limit' }).click();
  await page.getByRole('rowheader', { name: 'Money per month Effective $40.00' }).waitFor();
});

test('it fits a phone', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open(`/limits/${key.id}`);
  await page.getByRole('rowheader', { name: /^Money per month/ }).waitFor();
  await fits(page);
  await accessible(page);
});
