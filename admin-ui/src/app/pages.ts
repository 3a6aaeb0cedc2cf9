import type { ComponentType } from 'react';
import type { WordId } from '../lib/i18n';
import type { Scope, Session } from '../lib/session';

export type Group = 'traffic' | 'serving' | 'access' | 'trust';

/** An action of the palette: goes to an address of the page. */
export interface PageAction {
  word: WordId;
  scope: Scope;
  to: string;
}

export interface PageDefinition {
  path: `/${string}`;
  /** The member of the path that names an open detail: `/requests/ID`. */
  detail?: string;
  word: WordId;
  /** Under which heading of the rail; without one it stands on top. */
  group?: Group;
  /** Who may see it; others do not know that it is there. */
  scope: Scope;
  /** Only for users of the whole installation. */
  everywhere?: boolean;
  /** The letter after `g`. */
  letter: string;
  load: () => Promise<{ default: ComponentType }>;
  actions?: readonly PageAction[];
}

/** All pages, in the order of the rail. A page is one entry here and one folder of features. */
export const PAGES: readonly PageDefinition[] = [
  {
    path: '/overview',
    word: 'shell.page.overview',
    scope: 'USAGE_READ',
    letter: 'o',
    load: () => import('../features/overview/OverviewPage'),
  },
  {
    path: '/requests',
    detail: 'id',
    word: 'shell.page.requests',
    group: 'traffic',
    scope: 'REQUESTS_READ',
    letter: 'r',
    load: () => import('../features/requests/RequestsPage'),
    actions: [
      { word: 'shell.act.tail', scope: 'REQUESTS_READ', to: '/requests?live=1' },
      { word: 'shell.act.failed', scope: 'REQUESTS_READ', to: '/requests?kind=failed' },
    ],
  },
  {
    path: '/usage',
    word: 'shell.page.usage',
    group: 'traffic',
    scope: 'USAGE_READ',
    letter: 'u',
    load: () => import('../features/usage/UsagePage'),
    actions: [{ word: 'shell.act.spend', scope: 'USAGE_READ', to: '/usage?range=30d' }],
  },
  {
    path: '/playground',
    word: 'shell.page.playground',
    group: 'traffic',
    scope: 'PLAYGROUND',
    letter: 'p',
    load: () => import('../features/playground/PlaygroundPage'),
  },
  {
    path: '/models',
    detail: 'id',
    word: 'shell.page.models',
    group: 'serving',
    scope: 'PRICES_READ',
    letter: 'm',
    load: () => import('../features/models/ModelsPage'),
  },
  {
    path: '/nodes',
    detail: 'name',
    word: 'shell.page.nodes',
    group: 'serving',
    scope: 'NODES_READ',
    everywhere: true,
    letter: 'n',
    load: () => import('../features/nodes/NodesPage'),
  },
  {
    path: '/audit',
    detail: 'id',
    word: 'shell.page.audit',
    group: 'trust',
    scope: 'ACTS_READ',
    letter: 'a',
    load: () => import('../features/audit/AuditPage'),
  },
  {
    path: '/me',
    word: 'shell.page.me',
    group: 'access',
    scope: 'ACCESS_ASK',
    letter: 'h',
    load: () => import('../features/me/MePage'),
    actions: [{ word: 'shell.act.ask', scope: 'ACCESS_ASK', to: '/me?ask=1' }],
  },
  {
    path: '/keys',
    detail: 'key',
    word: 'shell.page.keys',
    group: 'access',
    scope: 'KEYS_READ',
    letter: 'k',
    load: () => import('../features/keys/KeysPage'),
    actions: [{ word: 'shell.act.newKey', scope: 'KEYS_WRITE', to: '/keys?new=1' }],
  },
  {
    path: '/limits',
    detail: 'node',
    word: 'shell.page.limits',
    group: 'access',
    scope: 'LIMITS_READ',
    letter: 'b',
    load: () => import('../features/limits/LimitsPage'),
  },
  {
    path: '/tenants',
    detail: 'id',
    word: 'shell.page.tenants',
    group: 'access',
    scope: 'TENANTS_READ',
    letter: 't',
    load: () => import('../features/tenants/TenantsPage'),
  },
  {
    path: '/users',
    detail: 'id',
    word: 'shell.page.users',
    group: 'access',
    scope: 'USERS_READ',
    letter: 's',
    load: () => import('../features/users/UsersPage'),
    actions: [{ word: 'shell.act.invite', scope: 'USERS_WRITE', to: '/users?new=1' }],
  },
  {
    path: '/access',
    detail: 'id',
    word: 'shell.page.access',
    group: 'access',
    scope: 'ACCESS_DECIDE',
    letter: 'q',
    load: () => import('../features/access/AccessPage'),
  },
];

/** Whether a user knows of a page. */
export function shows(page: PageDefinition, session: Session): boolean {
  return session.can(page.scope) && (page.everywhere !== true || session.everywhere);
}

/** Where a user begins; a developer with its own. */
export function home(session: Session): string {
  if (session.role === 'developer') {
    return '/me';
  }
  return (PAGES.find((page) => shows(page, session)) ?? PAGES[0])?.path ?? '/';
}
