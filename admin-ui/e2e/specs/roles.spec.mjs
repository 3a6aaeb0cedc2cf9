import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { accessible, admin, GATEWAY, window_ } from '../console.mjs';
import { invite, statusOf } from '../users.mjs';

// A refused call is written to the browser's console by the browser itself.
const REFUSED = [/status of 40[13]/];
const RUN = Date.now().toString(36);
const NO_RIGHTS = 'Not among your rights';
let tenant;

/**
 * What the role sees, in the order of the rail; the address of a page that it may not see; and what it may not do: on
 * which page, by which button, and by which call.
 */
const ROLES = {
  admin: {
    ofTenant: true,
    begins: 'Overview',
    pages: [
      'Overview',
      'Requests',
      'Usage & cost',
      'Playground',
      'Models',
      'My access',
      'API keys',
      'Quotas & budgets',
      'Tenants',
      'Users',
      'Access requests',
      'Audit log',
    ],
    hidden: ['/nodes', 'Only users of the whole installation see this page.'],
    never: [
      ['/users', 'Users', 'Invite user', 'POST', '/users'],
      ['/tenants', 'Tenants', 'Create tenant', 'POST', '/tenants'],
    ],
  },
  auditor: {
    begins: 'Overview',
    pages: [
      'Overview',
      'Requests',
      'Usage & cost',
      'Models',
      'Nodes',
      'API keys',
      'Quotas & budgets',
      'Tenants',
      'Users',
      'Audit log',
    ],
    hidden: ['/playground', 'This needs the right “playground”.'],
    never: [
      ['/keys', 'API keys', 'Create key', 'POST', '/keys'],
      ['/users', 'Users', 'Invite user', 'POST', '/users'],
      ['/limits', 'Organisation: what limits everybody', 'Set limit', 'POST', '/limits'],
    ],
  },
  billing: {
    begins: 'Overview',
    pages: ['Overview', 'Usage & cost', 'Models', 'Nodes', 'Quotas & budgets', 'Tenants'],
    hidden: ['/requests', 'This needs the right “requests read”.'],
    never: [
      ['/tenants', 'Tenants', 'Create tenant', 'POST', '/tenants'],
      ['/keys', NO_RIGHTS, 'Create key', 'POST', '/keys'],
    ],
  },
  developer: {
    ofTenant: true,
    begins: 'My access',
    pages: [
      'Overview',
      'Requests',
      'Usage & cost',
      'Playground',
      'Models',
      'My access',
      'API keys',
      'Quotas & budgets',
    ],
    hidden: ['/users', 'This needs the right “users read”.'],
    never: [
      ['/limits', /what limits it$/, 'Set limit', 'POST', '/limits'],
      ['/audit', NO_RIGHTS, 'Verify', 'GET', '/acts'],
    ],
  },
};

before(async () => {
  tenant = await admin('POST', '/tenants', { name: `roles-${RUN}` });
});

for (const [role, { ofTenant = false, begins, pages, hidden, never }] of Object.entries(ROLES)) {
  const user = { name: `${role}-${RUN}`, password: `correct horse ${RUN}` };

  test(`who is invited as ${role} sets a password, signs in with it and sees what the role may see`, async (t) => {
    const { page } = await window_(t, { allow: REFUSED });
    await page.goto(`${GATEWAY}/console/#link=${await invite(user.name, role, ofTenant ? tenant : undefined)}`);
    await page.getByRole('heading', { name: 'Set a password' }).waitFor();
    await page.getByLabel('New password', { exact: true }).fill(user.password);
    await page.getByLabel('New password again').fill(user.password);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { level: 1, name: begins }).waitFor();
    await page.getByRole('button', { name: `Signed in as ${user.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await signIn(page, user);
    await page.getByRole('heading', { level: 1, name: begins }).waitFor();
    await page.getByRole('button', { name: `Signed in as ${user.name}` }).waitFor();
    const seen = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    assert.deepEqual(await seen.allInnerTexts(), pages);
  });

  test(`the role ${role} is told where it has no rights, and does nothing that it may not`, async (t) => {
    const { page } = await window_(t, { allow: REFUSED });
    const [address, why] = hidden;
    await page.goto(`${GATEWAY}/console${address}`);
    await signIn(page, user);
    await page.getByText(NO_RIGHTS).waitFor();
    await page.getByText(why).waitFor();
    assert.equal(new URL(page.url()).pathname, `/console${address}`);
    await accessible(page);
    for (const [path, shown, button, method, call] of never) {
      await page.goto(`${GATEWAY}/console${path}`);
      await page.getByText(shown, { exact: true }).last().waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
      assert.equal(await page.getByRole('button', { name: button }).count(), 0, `${role} has no button '${button}'`);
      assert.equal(await statusOf(page, method, call, method === 'GET' ? undefined : {}), 403, `${method} ${call}`);
    }
  });
}

async function signIn(page, { name, password }) {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
