import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, admin, fits, MODEL, THEMES, window_ } from '../console.mjs';

for (const theme of THEMES) {
  test(`Models and a model are accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open('/models');
    await page.getByRole('link', { name: MODEL, exact: true }).waitFor();
    await accessible(page);
    await page.getByRole('link', { name: MODEL, exact: true }).click();
    await page.getByRole('dialog', { name: MODEL, exact: true }).getByRole('heading', { name: 'Prices' }).waitFor();
    await accessible(page);
  });
}

test('a price is set from now on, and is then in force', async (t) => {
  const { page, open } = await window_(t);
  await open(`/models/${encodeURIComponent(MODEL)}`);
  await page.getByRole('dialog', { name: MODEL, exact: true }).getByRole('button', { name: 'Set price' }).click();
  const dialog = page.getByRole('dialog', { name: `Price of ${MODEL}` });
  await dialog.getByRole('textbox', { name: 'Output' }).fill('much');
  await dialog.getByRole('button', { name: 'Set price' }).click();
  await dialog.getByText('A number of 0 or more, with at most three decimals.').waitFor();
  await dialog.getByRole('textbox', { name: 'Output' }).fill('1.234');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Set price' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page
    .getByRole('dialog', { name: MODEL, exact: true })
    .getByRole('cell', { name: '$1.23', exact: true })
    .first()
    .waitFor();
  const { items } = await admin('GET', '/models');
  assert.equal(Number(items.find(({ id }) => id === MODEL).price.perMillionTokens.output), 1.234);
});

test('it fits a phone, and a model too', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open('/models');
  await page.getByRole('link', { name: MODEL, exact: true }).waitFor();
  await fits(page);
  await page.getByRole('link', { name: MODEL, exact: true }).click();
  await page.getByRole('dialog', { name: MODEL, exact: true }).getByRole('heading', { name: 'Prices' }).waitFor();
  await fits(page);
  await accessible(page);
});
