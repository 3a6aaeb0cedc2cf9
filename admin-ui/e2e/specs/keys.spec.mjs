import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, chat, fits, GATEWAY, MODEL, THEMES, window_ } from '../console.mjs';

const RUN = Date.now().toString(36);
let project;

before(async () => {
  await chat('What is 4 + 4?');
  [project] = (await admin('GET', '/projects')).items;
});

function make(name, more = {}) {
  return admin('POST', '/keys', { project: project.id, name: `${name}-${RUN}`, ...more });
}

/** One call with a key's secret. */
async function call(secret) {
  const response = await fetch(`${GATEWAY}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'Hello' }] }),
    signal: AbortSignal.timeout(60_000),
  });
  await response.text();
  return response.status;
}

for (const theme of THEMES) {
  test(`API keys, a key and the form are accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open('/keys');
    await page.getByRole('row').nth(1).waitFor();
    await accessible(page);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Secrets' }).waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('dialog', { name: 'Create key' }).getByLabel('Name', { exact: true }).waitFor();
    await accessible(page);
  });
}

test('a new key shows its secret once and turns when its first call arrives', async (t) => {
  const { page, open } = await window_(t);
  await open('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: project.name }).first().click();
  await sheet.getByLabel('Name', { exact: true }).fill(`first-${RUN}`);
  await sheet.getByRole('button', { name: 'Create key' }).click();
  const secret = await sheet.getByRole('region', { name: 'Secret' }).getByRole('status').first().innerText();
  assert.match(secret, /^gh_/);
  for (const language of ['Python', 'Java', 'Node', 'curl']) {
    await sheet.getByRole('button', { name: language, exact: true }).click();
    await sheet.getByText(`${GATEWAY}/v1`).first().waitFor();
  }
  await sheet.getByText('Waiting for the first call').waitFor();
  assert.equal(await call(secret), 200);
  await sheet.getByText('First call seen').waitFor();
  await accessible(page);
  await sheet.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('row', { name: new RegExp(`first-${RUN}`) }).waitFor();
  assert.equal(await page.getByText(secret).count(), 0);
});

test('a key without a name is not sent, and says why', async (t) => {
  const { page, open } = await window_(t);
  await open('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const sheet = page.getByRole('dialog', { name: 'Create key' });
  await sheet.getByRole('button', { name: 'Create key' }).click();
  await sheet.getByText('Give it a name.').waitFor();
  await sheet.getByText('Choose the project that pays for its calls.').waitFor();
});

test('rotating keeps the secret before for the grace', async (t) => {
  const { key, secret } = await make('turned');
  const { page, open } = await window_(t);
  await open(`/keys?name=turned-${RUN}`);
  await page.getByRole('link', { name: key.name }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).click();
  await page
    .getByRole('dialog', { name: `Rotate ${key.name}` })
    .getByRole('button', { name: 'Rotate secret' })
    .click();
  const shown = page.getByRole('region', { name: 'Secret' });
  await shown.getByText('The secret before stays good until').waitFor();
  const next = await shown.getByRole('status').first().innerText();
  assert.notEqual(next, secret);
  assert.deepEqual([await call(secret), await call(next)], [200, 200]);
});

test('revoking names how many calls of the last hour used the key', async (t) => {
  const { key, secret } = await make('ended');
  assert.equal(await call(secret), 200);
  assert.equal(await call(secret), 200);
  const { page, open } = await window_(t);
  await open(`/keys?name=ended-${RUN}`);
  await page.getByRole('link', { name: key.name }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Revoke ${key.name}` });
  await dialog.getByText('2 calls in the last hour used this key.').waitFor();
  await dialog.getByRole('button', { name: 'Revoke key' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await admin('GET', `/keys/${key.id}`)).state, 'revoked');
});

test('views and filters are part of the address', async (t) => {
  await make('unlimited');
  await make('narrow', { models: [MODEL] });
  const { page, open } = await window_(t);
  await open(`/keys?name=${RUN}`);
  await page.getByRole('link', { name: `narrow-${RUN}` }).waitFor();
  await page.getByRole('button', { name: 'All models' }).click();
  await page.waitForURL(/view=open/);
  await page.getByRole('link', { name: `narrow-${RUN}` }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: `unlimited-${RUN}` }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: `narrow-${RUN}` }).waitFor();
});

test('it fits a phone, and a key does', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open('/keys');
  await page.getByRole('row').nth(1).waitFor();
  await fits(page);
  await accessible(page);
  await page.getByRole('row').nth(1).getByRole('link').click();
  await page.getByRole('dialog').getByRole('heading', { name: 'Secrets' }).waitFor();
  await fits(page);
});
