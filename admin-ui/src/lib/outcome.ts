import { named } from './i18n';

/** How a request ended, as the ledger says it. */
export const KINDS = [
  'completed',
  'refused',
  'cut',
  'left',
  'failed',
  'not_dispatched',
  'recovered',
  'unknown',
] as const;

type OutcomeTone = 'ok' | 'warn' | 'bad' | 'neutral';

const TONES: Record<string, OutcomeTone> = {
  completed: 'ok',
  refused: 'warn',
  cut: 'warn',
  left: 'neutral',
  failed: 'bad',
  not_dispatched: 'neutral',
  recovered: 'warn',
  unknown: 'bad',
};

export function kindTone(kind: string): OutcomeTone {
  return TONES[kind] ?? 'neutral';
}

export function kindText(kind: string): string {
  return named('shell.kind', kind);
}

/** Why, in words: the code's where there is one, else the kind's. Of what was cut the kind says it all. */
export function codeText(kind: string, code: string | null | undefined): string {
  return code == null || kind === 'cut' ? kindText(kind) : named('shell.code', code);
}
