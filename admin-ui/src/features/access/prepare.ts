import type { Tone } from '../../components/Status';
import type { components } from '../../lib/api';

export type AccessRequest = components['schemas']['AccessRequestView'];

export const TONES: Record<AccessRequest['state'], Tone> = { open: 'busy', approved: 'ok', declined: 'neutral' };
