import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, chat, fits, THEMES, window_ } from '../console.mjs';

let id;

before(async () => {
  id = await chat('What is 2 + 3?');
  await chat('What is 2 + 4?');
  await chat('Hello', { model: 'no-such-model' });
});

for (const theme of THEMES) {
  test(`Requests and a request are accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open('/requests?range=1h');
    await page.getByRole('row').nth(1).waitFor();
    await accessible(page);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('dialog', { name: 'Request' }).getByText('Tokens and charge').waitFor();
    await accessible(page);
  });
}

test('the filter bar narrows, the address keeps it, and a chip takes it away', async (t) => {
  const { page, open } = await window_(t);
  await open('/requests?range=1h');
  await page.getByRole('row').nth(1).waitFor();
  const filter = page.getByRole('combobox', { name: 'Filter' });
  await filter.fill('kind:completed ttft:>1ms');
  await filter.press('Enter');
  await page.waitForURL(/kind=completed/);
  await page.waitForURL(/minFirstTokenMs=1/);
  await page.getByRole('button', { name: 'Remove ttft:>1ms' }).click();
  await page.waitForURL((url) => !url.searchParams.has('minFirstTokenMs'));
  await filter.fill('hello');
  await filter.press('Enter');
  await page.getByRole('alert').getByText('“hello” is no filter').waitFor();
});

test('words and values are offered while one types', async (t) => {
  const { page, open } = await window_(t);
  await open('/requests?range=1h');
  const filter = page.getByRole('combobox', { name: 'Filter' });
  await filter.click();
  await filter.pressSequentially('ki');
  await page.getByRole('option', { name: /^kind:/ }).click();
  await page.getByRole('option', { name: 'kind:failed' }).click();
  await page.waitForURL(/kind=failed/);
  await page.getByRole('button', { name: 'Remove kind:failed' }).waitFor();
});

test('nothing that matches says what to take away', async (t) => {
  const { page, open } = await window_(t);
  await open('/requests?range=1h&model=nobody-has-this&kind=failed');
  await page.getByText('Nothing matches the filter').waitFor();
  await page.getByRole('button', { name: 'Clear kind:failed' }).click();
  await page.waitForURL((url) => !url.searchParams.has('kind'));
});

test('a request tells its time, tokens, charge, ledger, guard and audit row', async (t) => {
  const { page, open } = await window_(t);
  await open(`/requests/${id}?range=1h`);
  const sheet = page.getByRole('dialog', { name: 'Request' });
  for (const title of ['Time', 'Tokens and charge', 'Ledger', 'Guard', 'Audit row', 'The same by']) {
    await sheet.getByRole('heading', { name: title, exact: true }).waitFor();
  }
  await sheet.getByRole('button', { name: 'Copy the request’s id' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), id);
  await sheet.getByText(`/api/admin/v1/requests/${id}`).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/console\/requests\?range=1h$/);
});

test('J and K walk the filtered list, in the list and in the sheet', async (t) => {
  const { page, open } = await window_(t);
  await open('/requests?range=1h&kind=completed');
  await page.getByRole('row').nth(2).waitFor();
  await page.keyboard.press('j');
  await page.locator('a[data-row="0"]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Request' }).getByText('Tokens and charge').waitFor();
  const first = page.url();
  await page.keyboard.press('j');
  await page.waitForURL((url) => url.href !== first && url.searchParams.get('kind') === 'completed');
  await page.keyboard.press('k');
  await page.waitForURL(first);
});

test('the tail shows a request as soon as it has ended, and waits while one points at the list', async (t) => {
  const { page, open } = await window_(t);
  await open('/requests?range=15m&live=1');
  await page.getByText('Live: new requests come in on top.').waitFor();
  const seen = await chat('What is 5 + 5?');
  await page.locator(`a[href*="${seen}"]`).waitFor();
  await page.getByRole('region', { name: 'Requests', exact: true }).hover();
  await page.getByText(/Paused while you point at the list/).waitFor();
  const later = await chat('What is 5 + 6?');
  await page.getByText('Paused while you point at the list: 1 waits').waitFor();
  assert.equal(await page.locator(`a[href*="${later}"]`).count(), 0);
  await page.getByRole('heading', { level: 1 }).hover();
  await page.locator(`a[href*="${later}"]`).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.waitForURL((url) => !url.searchParams.has('live'));
});

test('brushing the histogram narrows the range', async (t) => {
  const { page, open } = await window_(t);
  await open('/requests?range=6h');
  const bars = page.getByRole('region', { name: 'Requests over time' }).getByRole('img');
  const box = await bars.boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 20, { steps: 3 });
  await page.mouse.up();
  await page.waitForURL(/from=.*&until=/);
});

test('it fits a phone, and a request too', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open(`/requests/${id}?range=1h`);
  await page.getByRole('dialog', { name: 'Request' }).getByText('Tokens and charge').waitFor();
  await fits(page);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('row').nth(1).waitFor();
  await fits(page);
  await accessible(page);
});
