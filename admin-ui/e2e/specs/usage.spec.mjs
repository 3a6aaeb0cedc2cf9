import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, admin, fits, THEMES, window_ } from '../console.mjs';

for (const theme of THEMES) {
  test(`Usage and cost is accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open('/usage?range=30d');
    await page.getByRole('region', { name: 'This month' }).getByText('Forecast').waitFor();
    await accessible(page);
  });
}

test('its total is that of the administration', async (t) => {
  const { page, open } = await window_(t);
  const asking = page.waitForRequest((request) => request.url().includes('/api/admin/v1/usage?by=tenant'));
  await open('/usage?range=30d&metric=requests');
  const asked = new URL((await asking).url()).searchParams;
  await page.getByRole('region', { name: 'Usage by tenant' }).getByRole('row').nth(1).waitFor();
  const { total } = await admin('GET', `/usage?by=model&from=${asked.get('from')}&until=${asked.get('until')}`);
  const shown = await page.getByRole('region', { name: 'Total', exact: true }).innerText();
  assert.ok(shown.includes(total.requests.toLocaleString('en')), `${shown} should tell of ${total.requests} requests`);
});

test('from tenant to key to model to the requests, with the same filters', async (t) => {
  const { page, open } = await window_(t);
  await open('/usage?range=30d');
  const first = (name) => page.getByRole('region', { name }).getByRole('row').nth(1).getByRole('link');
  await first('Usage by tenant').click();
  await page.waitForURL(/tenant=.*group=key|group=key.*tenant=/);
  await first('Usage by key').click();
  await page.waitForURL(/group=model/);
  await first('Usage by model').click();
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  const search = new URL(page.url()).searchParams;
  assert.equal(search.get('range'), '30d');
  for (const name of ['tenant', 'key', 'model']) {
    assert.ok(search.get(name), `${name} should be kept`);
  }
});

test('measure, group and bars stand in the address, and the chart is also a table', async (t) => {
  const { page, open } = await window_(t);
  await open('/usage?range=7d');
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  await page.waitForURL(/group=model/);
  await page.getByRole('button', { name: 'Hours' }).click();
  await page.waitForURL(/bucket=hour/);
  await page.getByRole('combobox', { name: 'Measure' }).click();
  await page.getByRole('option', { name: 'Output tokens' }).click();
  await page.waitForURL(/metric=output/);
  const chart = page.getByRole('figure', { name: 'Output tokens over time' });
  await chart.getByRole('button', { name: 'Table' }).click();
  await chart.getByRole('columnheader', { name: 'Total' }).waitFor();
});

test('what shows is saved as CSV, the total as its last line', async (t) => {
  const { page, open } = await window_(t);
  await open('/usage?range=30d');
  await page.getByRole('region', { name: 'Usage by tenant' }).getByRole('row').nth(1).waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('region', { name: 'By tenant' }).getByRole('button', { name: 'Save as CSV' }).click();
  const download = await saved;
  assert.match(download.suggestedFilename(), /^usage-by-tenant-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const stream = await download.createReadStream();
  let text = '';
  for await (const part of stream) {
    text += part;
  }
  assert.match(text.trim().split('\r\n').at(-1), /^,Total,/);
});

test('nothing that matches says what to take away', async (t) => {
  const { page, open } = await window_(t);
  await open('/usage?range=7d&model=nobody-has-this');
  await page.getByText('Nothing matches the filter').waitFor();
  await page.getByRole('button', { name: 'Clear model:nobody-has-this' }).click();
  await page.waitForURL((url) => !url.searchParams.has('model'));
});

test('it fits a phone', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open('/usage?range=30d');
  await page.getByRole('region', { name: 'This month' }).getByText('Forecast').waitFor();
  await fits(page);
  await accessible(page);
});
