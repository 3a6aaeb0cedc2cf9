import { addWords } from '../../lib/i18n';

export const requests = addWords({
  'requests.title': 'Requests',
} as const);
