import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, eventually, fits, GATEWAY, MODEL, THEMES, window_ } from '../console.mjs';
import { member } from '../users.mjs';

const RUN = Date.now().toString(36);
let tenant;
let project;
let developer;
let secret;

/** Who asks is granted it, as an owner does. */
async function granted(model) {
  const asked = await admin('POST', '/access-requests', { project: project.id, model, reason: 'tests' }, developer);
  await admin('POST', `/access-requests/${asked.id}/approve`, {});
}

before(async () => {
  tenant = await admin('POST', '/tenants', { name: `grants-${RUN}` });
  project = await admin('POST', '/projects', { tenant: tenant.id, name: `lab-${RUN}` });
  developer = await member(`dev-${RUN}`, 'developer', tenant);
  await granted(MODEL);
  await granted('other');
  const both = { project: project.id, name: `both-${RUN}`, models: [MODEL, 'other'] };
  await admin('POST', '/keys', both, developer);
  const only = { project: project.id, name: `only-${RUN}`, models: [MODEL] };
  ({ secret } = await admin('POST', '/keys', only, developer));
});

/** The models that the gateway lists to who comes with the key; undefined when it refuses. */
async function permitted() {
  const response = await fetch(`${GATEWAY}/v1/models`, { headers: { authorization: `Bearer ${secret}` } });
  return response.ok ? (await response.json()).data.map(({ id }) => id) : undefined;
}

for (const theme of THEMES) {
  test(`what was granted is accessible and fits a phone (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme, width: 390, height: 844 });
    await open(`/access?show=grants&tenant=${tenant.id}`);
    const row = page.getByRole('row', { name: new RegExp(`${developer.name}.*${MODEL}`) });
    await row.waitFor();
    await accessible(page);
    await fits(page);
    await row.getByRole('link').click();
    await page
      .getByRole('dialog', { name: `Access of ${developer.name}` })
      .getByText('is revoked.')
      .waitFor();
    await accessible(page);
  });
}

test('access is taken back by who is told what it ends, and is gone at once', async (t) => {
  assert.deepEqual(await permitted(), [MODEL]);
  const { page, open } = await window_(t);
  await open(`/access?tenant=${tenant.id}`);
  await page.getByRole('button', { name: 'Granted', exact: true }).click();
  await page
    .getByRole('row', { name: new RegExp(`${developer.name}.*${MODEL}`) })
    .getByRole('link')
    .click();
  const sheet = page.getByRole('dialog', { name: `Access of ${developer.name}` });
  await sheet.getByText(`The key “both-${RUN}” keeps only other.`).waitFor();
  await sheet.getByRole('button', { name: 'Take access back' }).click();
  const question = page.getByRole('dialog', { name: `Take access back from ${developer.name}?` });
  await question
    .getByText(`${developer.name} can no longer use ${MODEL} in ${project.name}, on all gateways at once.`)
    .waitFor();
  await question.getByText(`The key “only-${RUN}” is revoked.`).waitFor();
  await question.getByRole('button', { name: 'Take access back' }).click();
  await page.getByText(`Access of ${developer.name} taken back`).waitFor();
  await page.getByText('1 grant', { exact: true }).waitFor();
  await eventually(async () => (await permitted()) === undefined, 'the key is still good');
  const { items } = await admin('GET', `/acts?tenant=${tenant.id}&limit=10`);
  assert.deepEqual(
    items
      .slice(0, 3)
      .map(({ what }) => what)
      .toSorted(),
    ['access.revoke', 'key.change', 'key.revoke'],
  );
  const me = await admin('GET', '/me', undefined, developer);
  assert.deepEqual(me.projects[0].models, ['other']);
});
