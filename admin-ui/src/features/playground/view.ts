import { choice, word, z } from '../../lib/check';
import { shared } from '../../lib/view';
import type { Route } from './conversation';

export function isTemperature(value: number): boolean {
  return value >= 0 && value <= 2;
}

export function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

export function isSeed(value: number): boolean {
  return Number.isSafeInteger(value);
}

function numberOf(good: (value: number) => boolean) {
  return z.catch(
    z.optional(z.pipe(z.string().check(z.minLength(1)), z.pipe(z.transform(Number), z.number().check(z.refine(good))))),
    undefined,
  );
}

/** How the playground asks. What is asked is no part of the address: addresses are kept and sent round. */
export const playgroundView = z.extend(shared, {
  project: word,
  model: word,
  thinking: choice(['off']),
  with: word,
  withThinking: choice(['off']),
  temperature: numberOf(isTemperature),
  maxTokens: numberOf(isWhole),
  seed: numberOf(isSeed),
});

export type PlaygroundView = z.infer<typeof playgroundView>;

/** The routes of an address, of the models that there are: the first always, the second where it is asked for. */
export function routesOf(view: PlaygroundView, models: readonly string[]): readonly Route[] {
  const known = (model: string | undefined) => (model !== undefined && models.includes(model) ? model : undefined);
  const first = known(view.model) ?? models[0];
  if (first === undefined) {
    return [];
  }
  const second = known(view.with);
  return [
    { model: first, thinking: view.thinking !== 'off' },
    ...(second === undefined ? [] : [{ model: second, thinking: view.withThinking !== 'off' }]),
  ];
}
