import type { Tone } from '../../components/Status';
import type { Sort } from '../../components/Table';
import type { components } from '../../lib/api';

export type AccessRequest = components['schemas']['AccessRequestView'];
export type AccessState = AccessRequest['state'];
export type Grant = components['schemas']['GrantView'];
export type Loss = components['schemas']['LossView'];

/** What both lists of the page are given. */
export interface ListProps {
  tenant: string | undefined;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
}

export const TONES: Record<AccessState, Tone> = { open: 'busy', approved: 'ok', declined: 'neutral' };
