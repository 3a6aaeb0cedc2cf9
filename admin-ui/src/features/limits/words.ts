import { count, money, nanoOf } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import type { Place } from './places';

/** "Money per month, tiny-moe". */
export function limitText({ what, per, model }: { what: string; per?: string | null; model?: string | null }): string {
  const text = named('shell.limit', `${what}.${per ?? 'once'}`);
  return model == null ? text : `${text}, ${model}`;
}

/** An amount that the API writes as text, of money or a number. */
export function amountText(what: string, amount: string): string {
  return what === 'charge' ? money(nanoOf(amount)) : count(Number(amount));
}

export function placeText({ level, name }: Pick<Place, 'level' | 'name'>): string {
  return level === 'organisation' ? t('limits.level.organisation') : `${named('limits.level', level)} ${name}`;
}
