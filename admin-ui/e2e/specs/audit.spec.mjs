import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, fits, THEMES, window_ } from '../console.mjs';

const NAME = `audited-${Date.now()}`;
let tenant;

before(async () => {
  tenant = await admin('POST', '/tenants', { name: `${NAME}-old` });
  await admin('PUT', `/tenants/${tenant.id}`, { name: NAME, timeZone: 'Europe/Berlin' });
});

for (const theme of THEMES) {
  test(`Audit log and an act are accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open(`/audit?range=1h&target=${tenant.id}`);
    await page.getByRole('row').nth(1).waitFor();
    await accessible(page);
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Before and after' }).waitFor();
    await accessible(page);
  });
}

test('an act tells who changed what from what to what', async (t) => {
  const { page, open } = await window_(t);
  await open(`/audit?range=1h&target=${tenant.id}`);
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  const sheet = page.getByRole('dialog');
  const row = sheet.getByRole('row', { name: /^name/ });
  await row.getByText(`${NAME}-old`).waitFor();
  await row.getByText(NAME, { exact: true }).waitFor();
  const act = page.url();
  await page.keyboard.press('j');
  await page.waitForURL((url) => url.href !== act);
  await page.reload();
  await page.getByRole('dialog').getByRole('heading', { name: 'Before and after' }).waitFor();
});

test('the filter narrows, the address keeps it, and a chip takes it away', async (t) => {
  const { page, open } = await window_(t);
  await open('/audit?range=1h');
  await page.getByRole('row').nth(1).waitFor();
  const filter = page.getByRole('combobox', { name: 'Filter' });
  await filter.fill('what:tenant.create who:admin');
  await filter.press('Enter');
  await page.waitForURL(/what=tenant.create/);
  await page.getByRole('row').nth(1).getByText('Tenant created').waitFor();
  await page.getByRole('button', { name: 'Remove what:tenant.create' }).click();
  await page.waitForURL((url) => !url.searchParams.has('what') && url.searchParams.get('actor') === 'admin');
});

test('what shows is saved as CSV', async (t) => {
  const { page, open } = await window_(t);
  await open(`/audit?range=1h&target=${tenant.id}`);
  await page.getByRole('row').nth(1).waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  assert.match((await saved).suggestedFilename(), /\.csv$/);
});

test('it fits a phone, and an act too', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open(`/audit?range=1h&target=${tenant.id}`);
  await page.getByRole('row').nth(1).waitFor();
  await fits(page);
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await page.getByRole('dialog').getByRole('heading', { name: 'Before and after' }).waitFor();
  await fits(page);
  await accessible(page);
});
