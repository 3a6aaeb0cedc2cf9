import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, fits, MODEL, THEMES, window_ } from '../console.mjs';

let node;

before(async () => {
  const { items } = await admin('GET', '/nodes');
  node = items.find(
    ({ state, models, build }) => state === 'ready' && build !== 'seed' && models.some(({ id }) => id === MODEL),
  );
  assert.ok(node, `a ready node should serve ${MODEL}`);
});

for (const theme of THEMES) {
  test(`Nodes and a node are accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open('/nodes');
    await page.getByRole('link', { name: node.name, exact: true }).waitFor();
    await accessible(page);
    await page.getByRole('link', { name: node.name, exact: true }).click();
    await page.getByRole('dialog', { name: node.name, exact: true }).getByText('Joined').waitFor();
    await accessible(page);
  });
}

test('a node is drained and resumed, after it is said what that means', async (t) => {
  const { page, open } = await window_(t);
  await open(`/nodes/${node.name}`);
  const sheet = page.getByRole('dialog', { name: node.name, exact: true });
  await sheet.getByRole('button', { name: 'Drain node' }).click();
  const question = page.getByRole('dialog', { name: `Drain ${node.name}?` });
  await question.getByText(/takes no further/).waitFor();
  await question.getByRole('button', { name: 'Drain node' }).click();
  await sheet.getByRole('button', { name: 'Resume node' }).click();
  const back = page.getByRole('dialog', { name: `Resume ${node.name}?` });
  await back.getByText('It takes requests again').waitFor();
  await back.getByRole('button', { name: 'Resume node' }).click();
  await sheet.getByRole('button', { name: 'Drain node' }).waitFor();
  await sheet
    .getByText(/^Resumed by/)
    .first()
    .waitFor();
  assert.equal((await admin('GET', `/nodes/${node.name}`)).state, 'ready');
});

test('its numbers of the last hour open its requests', async (t) => {
  const { page, open } = await window_(t);
  await open(`/nodes/${node.name}`);
  await page.getByRole('link', { name: 'Requests on this node' }).click();
  await page.getByRole('heading', { name: 'Requests', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('node'), node.name);
});

test('it fits a phone, and a node too', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open('/nodes');
  await page.getByRole('link', { name: node.name, exact: true }).waitFor();
  await fits(page);
  await page.getByRole('link', { name: node.name, exact: true }).click();
  await page.getByRole('dialog', { name: node.name, exact: true }).getByText('KV cache').waitFor();
  await fits(page);
  await accessible(page);
});
