import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, admin, fits, MODEL, THEMES, window_ } from '../console.mjs';

const PLAYGROUND = `/playground?model=${encodeURIComponent(MODEL)}&maxTokens=40`;

async function ask(page, question) {
  const field = page.getByRole('textbox', { name: 'Question' });
  await field.fill(question);
  await field.press('Enter');
}

for (const theme of THEMES) {
  test(`Playground is accessible, empty and with an answer (${theme})`, async (t) => {
    const { page, open } = await window_(t, { theme });
    await open(PLAYGROUND);
    await page.getByText('Ask a question').waitFor();
    await accessible(page);
    await ask(page, 'What is 2 + 3?');
    await page.getByRole('button', { name: 'Ask again' }).waitFor();
    await accessible(page);
  });
}

test('an answer streams, tells what it took, and opens its request', async (t) => {
  const { page, open } = await window_(t);
  await open(PLAYGROUND);
  await ask(page, 'What is 2 + 3?');
  const answer = page.getByRole('article', { name: `Answer of ${MODEL}` });
  await answer.getByText('First token').waitFor();
  await answer.getByText('Charge').waitFor();
  await answer.getByRole('link', { name: 'Open request' }).click();
  await page.getByRole('dialog', { name: 'Request' }).getByText('Tokens and charge').waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const { request } = await admin('GET', `/requests/${id}`);
  assert.equal(request.kind, 'completed');
  assert.ok(request.completionTokens <= 40);
});

test('a second question is asked with the first one and its answer', async (t) => {
  const { page, open } = await window_(t);
  await open(PLAYGROUND);
  await ask(page, 'What is 2 + 3?');
  await page.getByRole('button', { name: 'Ask again' }).waitFor();
  const sent = page.waitForRequest((request) => request.url().endsWith('/playground/chat/completions'));
  await ask(page, 'And 4 + 5?');
  const { messages } = (await sent).postDataJSON();
  assert.deepEqual(
    messages.map(({ role }) => role),
    ['user', 'assistant', 'user'],
  );
  await page.getByRole('article').nth(1).getByText('First token').waitFor();
});

test('two routes answer the same question side by side', async (t) => {
  const { page, open } = await window_(t);
  await open(PLAYGROUND);
  await page.getByRole('button', { name: 'Compare with another' }).click();
  await page.waitForURL(/with=/);
  await ask(page, 'What is 1 + 1?');
  await page.getByRole('article').nth(1).getByText('First token').waitFor();
  assert.equal(await page.getByRole('article').count(), 2);
  await page.getByRole('button', { name: 'Remove the second' }).click();
  await page.waitForURL((url) => !url.searchParams.has('with'));
});

test('stopping ends the request on the node too', async (t) => {
  const { page, open } = await window_(t);
  await open(`/playground?model=${encodeURIComponent(MODEL)}`);
  const answered = page.waitForResponse((response) => response.url().endsWith('/playground/chat/completions'));
  await ask(page, 'Tell me everything that you know, slowly and at length. '.repeat(20));
  const id = (await answered).headers()['x-request-id'];
  const stop = page.getByRole('button', { name: 'Stop' });
  if (await stop.isVisible()) {
    await stop.click();
  }
  await page.getByRole('button', { name: 'Ask again' }).waitFor();
  const deadline = Date.now() + 15_000;
  let detail;
  do {
    detail = await admin('GET', `/requests/${id}`);
  } while (detail.open && Date.now() < deadline);
  const stopped = await page.getByText('Stopped').isVisible();
  assert.equal(detail.request.kind, stopped ? 'left' : 'completed');
});

test('a refusal stands where the answer would', async (t) => {
  const { page, open } = await window_(t, { allow: [/Failed to load resource/] });
  await open('/playground?maxTokens=100000000');
  await ask(page, 'Hello');
  await page.getByRole('article').getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Ask again' }).waitFor();
});

test('a parameter that makes no sense is said and not asked with', async (t) => {
  const { page, open } = await window_(t);
  await open(PLAYGROUND);
  await page.getByRole('textbox', { name: 'Temperature' }).fill('9');
  await page.getByText('A number from 0 to 2.').waitFor();
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0.5');
  await page.waitForURL(/temperature=0.5/);
});

test('the question is copied as code, without a key', async (t) => {
  const { page, open } = await window_(t);
  await open(PLAYGROUND);
  await page.getByRole('textbox', { name: 'Question' }).fill('Where is the "key"?');
  await page.getByRole('button', { name: 'Copy as code' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Java' }).click();
  await dialog.getByText('HttpClient.newHttpClient()').waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: 'curl' }).click();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.includes('$GATEHOUSE_KEY') && copied.includes('Where is the'), copied);
});

test('it fits a phone', async (t) => {
  const { page, open } = await window_(t, { width: 390, height: 844 });
  await open(PLAYGROUND);
  await ask(page, 'What is 2 + 3?');
  await page.getByRole('button', { name: 'Ask again' }).waitFor();
  await fits(page);
  await accessible(page);
});
