import { addWords } from '../../lib/i18n';

export const overview = addWords({ 'overview.title': 'Overview' } as const);
