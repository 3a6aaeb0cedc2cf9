import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, chat, fits, THEMES, window_ } from '../console.mjs';

before(async () => {
  await chat('What is 1 + 1?');
  await chat('What is 1 + 2?');
});

for (const theme of THEMES) {
  test(`Overview is accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open('/overview?range=1h');
    await page.getByRole('figure', { name: 'Time to first token' }).waitFor();
    await page.getByRole('region', { name: 'Five numbers' }).getByText('nodes ready').waitFor();
    await accessible(page);
  });
}

test('its numbers are those of the administration', async (t) => {
  const { page, open } = await window_(t);
  await open('/overview?range=1h');
  const numbers = page.getByRole('region', { name: 'Five numbers' });
  await numbers.getByText('nodes ready').waitFor();
  const until = new Date(Date.now() + 60_000).toISOString();
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const { requests } = await admin('GET', `/overview?from=${from}&until=${until}`);
  assert.ok(requests >= 2);
  const shown = await numbers.getByRole('link', { name: /^Requests/ }).innerText();
  assert.ok(shown.includes(requests.toLocaleString('en')), `${shown} should tell of ${requests} requests`);
});

test('a number opens its own requests with the same filters', async (t) => {
  const { page, open } = await window_(t);
  await open('/overview?range=6h');
  await page.getByRole('link', { name: /^Failed/ }).click();
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  const search = new URL(page.url()).searchParams;
  assert.deepEqual([search.get('range'), search.get('kind')], ['6h', 'failed']);
});

test('a chart is read by keys and as a table, and its requests are one click away', async (t) => {
  const { page, open } = await window_(t);
  await open('/overview?range=1h');
  const chart = page.getByRole('figure', { name: 'Output tokens per second' });
  const picture = chart.getByRole('img');
  await picture.focus();
  await picture.press('ArrowLeft');
  await chart.locator('[aria-live]').getByText('tok/s').waitFor({ state: 'attached' });
  await chart.getByRole('button', { name: 'Table' }).click();
  await chart.getByRole('columnheader', { name: 'tok/s' }).waitFor();
  await accessible(page);
  await chart.getByRole('link', { name: 'Requests in this range' }).click();
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('range'), '1h');
});

test('what happened in the range of a chart leads to its act', async (t) => {
  const tenant = await admin('POST', '/tenants', { name: `events-${Date.now()}` });
  const limit = { level: 'tenant', subject: tenant.id, what: 'requests', per: 'day', amount: '1234' };
  await admin('POST', '/limits', limit);
  const { page, open } = await window_(t);
  await open('/overview?range=1h');
  const chart = page.getByRole('figure', { name: 'Time to first token' });
  await chart.getByRole('button', { name: /^\d+ events?$/ }).click();
  await page.getByRole('menuitem', { name: 'limit set: tenant' }).first().waitFor();
  await accessible(page, { menu: true });
  await page.getByRole('menuitem', { name: 'limit set: tenant' }).first().click();
  await page.getByRole('dialog', { name: 'Limit set' }).getByText('1234').first().waitFor();
  assert.match(page.url(), /\/console\/audit\/[0-9a-f-]{36}\?/);
});

test('dragging over a chart narrows the range in the address', async (t) => {
  const { page, open } = await window_(t);
  await open('/overview?range=6h');
  // What stands above it has come, so that it stays where it is.
  await page.getByRole('region', { name: 'Five numbers' }).getByText('nodes ready').waitFor();
  const picture = page.getByRole('figure', { name: 'Output tokens per second' }).getByRole('img');
  const box = await picture.boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=.*&until=/);
  const search = new URL(page.url()).searchParams;
  const hours = (Date.parse(search.get('until')) - Date.parse(search.get('from'))) / 3_600_000;
  assert.ok(hours > 1 && hours < 3, `the range is ${hours} h`);
  assert.equal(search.get('range'), null);
});

test('it fits a phone', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open('/overview?range=1h');
  await page.getByRole('figure', { name: 'Time to first token' }).waitFor();
  await fits(page);
  await accessible(page);
});
