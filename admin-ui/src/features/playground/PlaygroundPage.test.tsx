import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { gateway, owner, renderPage } from '../../testing/render';
import PlaygroundPage from './PlaygroundPage';

const ME = {
  keys: [],
  monthChargeNano: 0,
  projects: [{ project: 'p-1', projectName: 'assistant', models: null }],
  models: [
    { id: 'away', context: null, price: null, granted: true },
    { id: 'tiny-moe', context: 8192, price: null, granted: true },
  ],
};
const PLAYER = owner({ scopes: ['PLAYGROUND'] });

/** An answer that comes when the test says so; it notes when it is no longer wanted. */
function answering() {
  const encoder = new TextEncoder();
  let give: (data: string) => void = () => {};
  let end: () => void = () => {};
  const state = { stopped: false };
  const read = fetch;
  vi.stubGlobal('fetch', async (asked: Request | string, init?: RequestInit) => {
    if (typeof asked !== 'string') {
      return read(asked);
    }
    const body = new ReadableStream({
      start(controller) {
        give = (data) => controller.enqueue(encoder.encode(`data: ${data}\n\n`));
        end = () => controller.close();
        init?.signal?.addEventListener('abort', () => {
          state.stopped = true;
          controller.error(new DOMException('stopped', 'AbortError'));
        });
      },
    });
    return new Response(body, { headers: { 'x-request-id': 'r-1' } });
  });
  const say = (delta: object) => give(JSON.stringify({ choices: [{ delta }] }));
  return { state, say, give: (data: string) => give(data), end: () => end() };
}

async function ask(question: string) {
  await userEvent.type(await screen.findByRole('textbox', { name: 'Question' }), `${question}{Enter}`);
}

describe('the playground', () => {
  it('folds the thinking, shows the answer, and tells what it took', async () => {
    gateway({ 'GET /me': ME });
    const answer = answering();
    await renderPage(PlaygroundPage, '/page', '/page', PLAYER);
    await ask('Why?');
    const article = await screen.findByRole('article', { name: 'Answer of tiny-moe' });
    await screen.findByRole('button', { name: 'Stop' });
    answer.say({ reasoning_content: 'Let me see.' });
    expect(await within(article).findByText(/^Thinking for/)).toBeInTheDocument();
    answer.say({ content: 'Because **so**. And' });
    await within(article).findByText('so', { selector: 'strong' });
    const usage = { prompt_tokens: 30, completion_tokens: 12, completion_tokens_details: { reasoning_tokens: 5 } };
    answer.give(JSON.stringify({ choices: [], usage }));
    answer.give('[DONE]');
    answer.end();
    expect(await within(article).findByText('Done')).toBeInTheDocument();
    await waitFor(() => expect(within(article).getByText(/^Thought for/)).toHaveTextContent('5 tokens'));
    await waitFor(() => expect(article.querySelector('details')?.open).toBe(false));
  });

  it('announces whole sentences only', async () => {
    gateway({ 'GET /me': ME });
    const answer = answering();
    await renderPage(PlaygroundPage, '/page', '/page', PLAYER);
    await ask('Why?');
    const article = await screen.findByRole('article');
    await screen.findByRole('button', { name: 'Stop' });
    answer.say({ content: 'It is so. And half a' });
    const live = article.querySelector('[aria-live="polite"]');
    await waitFor(() => expect(live).toHaveTextContent(/^It is so\.$/));
  });

  it('stops, keeps what was said, and hangs up', async () => {
    gateway({ 'GET /me': ME });
    const answer = answering();
    await renderPage(PlaygroundPage, '/page', '/page', PLAYER);
    await ask('Why?');
    await screen.findByRole('button', { name: 'Stop' });
    answer.say({ content: 'Half' });
    await screen.findByText('Half', { selector: 'p' });
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('Stopped')).toBeInTheDocument();
    expect(screen.getByText('Half', { selector: 'p' })).toBeInTheDocument();
    await waitFor(() => expect(answer.state.stopped).toBe(true));
  });

  it('says who could help when there is no project to use', async () => {
    gateway({ 'GET /me': { ...ME, projects: [] } });
    await renderPage(PlaygroundPage, '/page', '/page', PLAYER);
    expect(await screen.findByText('No project that you may use')).toBeInTheDocument();
  });
});
