// People beside the owner: invited as the console does it, and asking as their browser does.
import assert from 'node:assert/strict';
import { admin, GATEWAY } from './gateway.mjs';

const ROOT = `${GATEWAY}/api/admin/v1`;
const JSON_BODY = { 'content-type': 'application/json' };

/** Makes a user without a password; answers with the token of the invitation. */
export async function invite(name, role, tenant) {
  return (await admin('POST', '/users', { name, role, tenant: tenant?.id ?? null })).link;
}

/** Makes a user who has set its password by the invitation. */
export async function member(name, role, tenant) {
  const password = `correct horse ${name}`;
  const door = await fetch(`${ROOT}/session`, {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify({ link: await invite(name, role, tenant) }),
  });
  assert.equal(door.status, 204);
  const cookies = new Map(door.headers.getSetCookie().map((cookie) => cookie.split(';')[0].split('=')));
  const set = await fetch(`${ROOT}/session/password`, {
    method: 'PUT',
    headers: {
      ...JSON_BODY,
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
      'x-xsrf-token': cookies.get('XSRF-TOKEN'),
    },
    body: JSON.stringify({ old: null, new: password }),
  });
  assert.equal(set.status, 204, await set.text());
  return { name, password };
}

/** The status with which the gateway answers a call that a window's own session makes, past all buttons. */
export async function statusOf(page, method, path, body) {
  return page.evaluate(
    async ([url, init]) => {
      const token = /XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1] ?? '';
      const response = await fetch(url, { ...init, headers: { ...init.headers, 'x-xsrf-token': token } });
      return response.status;
    },
    [`/api/admin/v1${path}`, { method, headers: JSON_BODY, ...(body !== undefined && { body: JSON.stringify(body) }) }],
  );
}
