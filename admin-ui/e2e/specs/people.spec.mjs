import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, fits, GATEWAY, MODEL, THEMES, window_ } from '../console.mjs';
import { member } from '../users.mjs';

const RUN = Date.now().toString(36);
let tenant;
let project;
let developer;

before(async () => {
  tenant = await admin('POST', '/tenants', { name: `people-${RUN}` });
  project = await admin('POST', '/projects', { tenant: tenant.id, name: `lab-${RUN}` });
  developer = await member(`dev-${RUN}`, 'developer', tenant);
});

for (const theme of THEMES) {
  test(`Users, tenants, access requests and one's own page are accessible (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open('/users');
    await page.getByRole('link', { name: developer.name }).click();
    await page.getByRole('dialog', { name: developer.name }).getByRole('heading', { name: 'Change role' }).waitFor();
    await accessible(page);
    await page.goto(`${GATEWAY}/console/tenants?find=${RUN}`);
    await page.getByRole('link', { name: tenant.name, exact: true }).click();
    await page.getByRole('dialog', { name: tenant.name }).getByRole('heading', { name: 'Projects' }).waitFor();
    await accessible(page);
    await page.goto(`${GATEWAY}/console/access?state=all`);
    await page.getByRole('heading', { level: 1, name: 'Access requests' }).waitFor();
    await accessible(page);
    await page.goto(`${GATEWAY}/console/me`);
    await page.getByRole('heading', { name: 'Models' }).waitFor();
    await accessible(page);
  });
}

test('an invitation is a link that is shown once', async (t) => {
  const { page, open } = await window_(t);
  await open('/users');
  await page.getByRole('button', { name: 'Invite user' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`guest-${RUN}`);
  await dialog.getByRole('combobox', { name: 'Sees' }).click();
  await page.getByRole('option', { name: tenant.name }).click();
  await dialog.getByRole('button', { name: 'Make invitation' }).click();
  await page
    .getByRole('dialog', { name: `Invitation for guest-${RUN}` })
    .getByText('/console/#link=')
    .waitFor();
  await page.getByRole('button', { name: 'I have sent it' }).click();
  await page.getByRole('row', { name: new RegExp(`guest-${RUN}.*Invited`) }).waitFor();
});

test('a role is changed, and a user removed', async (t) => {
  const { user: made } = await admin('POST', '/users', { name: `temp-${RUN}`, role: 'developer', tenant: tenant.id });
  const { page, open } = await window_(t);
  await open(`/users?name=temp-${RUN}`);
  await page.getByRole('link', { name: made.name }).click();
  const sheet = page.getByRole('dialog', { name: made.name });
  await sheet.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: /^Auditor/ }).click();
  await sheet.getByRole('button', { name: 'Save role' }).click();
  await sheet.getByText('Auditor: reads everything, changes nothing').waitFor();
  await sheet.getByRole('button', { name: 'Remove user' }).click();
  const question = page.getByRole('dialog', { name: `Remove ${made.name}` });
  await question.getByText('They own no active key.').waitFor();
  await question.getByRole('button', { name: 'Remove user' }).click();
  await page.getByText('No user matches').waitFor();
});

test('a tenant gets a project and another calendar', async (t) => {
  const { page, open } = await window_(t);
  await open(`/tenants?find=${RUN}`);
  await page.getByRole('link', { name: tenant.name, exact: true }).click();
  const sheet = page.getByRole('dialog', { name: tenant.name });
  await sheet.getByLabel('New project').fill(`night-${RUN}`);
  await sheet.getByRole('button', { name: 'Create project' }).click();
  await sheet.getByRole('cell', { name: `night-${RUN}`, exact: true }).waitFor();
  await sheet.getByRole('combobox', { name: 'Time zone of its calendar' }).fill('Europe/Ber');
  await page.getByRole('option', { name: 'Europe/Berlin' }).click();
  await sheet.getByRole('button', { name: 'Save changes' }).click();
  await sheet.getByRole('definition').getByText('Europe/Berlin').waitFor();
  assert.equal((await admin('GET', `/tenants/${tenant.id}`)).timeZone, 'Europe/Berlin');
});

test('a developer asks, an owner approves, and the developer makes a key', async (t) => {
  const { page, open } = await window_(t);
  await open('/me', developer);
  await page.getByText('No project yet. Ask for access to one.').waitFor();
  await page.getByRole('button', { name: 'Ask for access' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask for access' });
  await dialog.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: project.name }).click();
  await dialog.getByLabel('Reason').fill('A prototype');
  await dialog.getByRole('button', { name: 'Ask for access' }).click();
  await page.getByRole('region', { name: 'What I asked for' }).getByText('Waiting').first().waitFor();

  const owner = await window_(t);
  await owner.open('/access');
  await owner.page
    .getByRole('row', { name: new RegExp(developer.name) })
    .getByRole('link')
    .click();
  const sheet = owner.page.getByRole('dialog', { name: `${developer.name} asks for access` });
  await sheet.getByText('A prototype').waitFor();
  await sheet.getByRole('button', { name: 'Approve' }).click();
  await sheet.waitFor({ state: 'detached' });

  await page.reload();
  await page.getByRole('region', { name: 'What I asked for' }).getByText('Approved').first().waitFor();
  await page.getByRole('region', { name: 'Models', exact: true }).getByText(MODEL).first().waitFor();
  await page.getByRole('link', { name: 'Create key' }).click();
  const form = page.getByRole('dialog', { name: 'Create key' });
  await form.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: project.name }).click();
  await form.getByLabel('Name', { exact: true }).fill(`own-${RUN}`);
  await form.getByRole('button', { name: 'Create key' }).click();
  await page.getByRole('region', { name: 'Secret', exact: true }).waitFor();
});

test('a developer begins with its own page and knows of no page of other people', async (t) => {
  const { page, open } = await window_(t);
  await open('/', developer);
  await page.waitForURL(/\/console\/me/);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: 'My access' }).waitFor();
  for (const name of ['Users', 'Tenants', 'Access requests']) {
    assert.equal(await pages.getByRole('link', { name }).count(), 0);
  }
});

test('they fit a phone', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open('/users');
  for (const [path, name] of [
    ['/users', 'Users'],
    ['/tenants', 'Tenants'],
    ['/access?state=all', 'Access requests'],
    ['/me', 'My access'],
  ]) {
    await page.goto(`${GATEWAY}/console${path}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    await fits(page);
    await accessible(page);
  }
});
