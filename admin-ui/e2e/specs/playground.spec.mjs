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
  await open(`${PLAYGROUND}&with=${encodeURIComponent(MODEL)}&withThinking=off`);
  await ask(page, 'What is 1 + 1?');
  for (const place of [0, 1]) {
    await page.getByRole('article').nth(place).getByText('First token').waitFor();
  }
  await page.getByRole('button', { name: 'Remove the second' }).click();
  await page.waitForURL((url) => !url.searchParams.has('with') && !url.searchParams.has('withThinking'));
});

test('stopping ends the request on the node too', async (t) => {
  const { page, open } = await window_(t);
  await open(`/playground?model=${encodeURIComponent(MODEL)}`);
  const answered = page.waitForResponse((response) => response.url().endsWith('/playground/chat/completions'));
  // The page itself presses the button with the first token: the model of this test is done a moment later.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const stop = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop');
      if (/Thinking for|Writing/.test(document.querySelector('article')?.textContent ?? '') && stop) {
        observer.disconnect();
        stop.click();
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await ask(page, 'What is 123 + 456?');
  const id = (await answered).headers()['x-request-id'];
  await page.getByRole('article').getByText('Stopped').waitFor();
  const deadline = Date.now() + 15_000;
  let detail = await admin('GET', `/requests/${id}`);
  while (detail.open && Date.now() < deadline) {
    await new Promise((done) => setTimeout(done, 200));
    detail = await admin('GET', `/requests/${id}`);
  }
  assert.equal(detail.request.kind, 'left');
});

test('a refusal stands where the answer would', async (t) => {
  const { page, open } = await window_(t, { allow: [/Failed to load resource/] });
  await open(PLAYGROUND);
  await ask(page, 'word '.repeat(40_000));
  await page.getByRole('article').getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Ask again' }).waitFor();
  await accessible(page);
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
