import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { fresh } from '../lib/loading';
import { asProblem } from '../lib/problem';
import { queries } from '../lib/query';
import { sessionOf, sessionQuery } from '../lib/session';
import { formatSearch, parseSearch } from '../lib/view';
import { GatewayGone, MissingPage, PageFailed } from './Failures';
import { redeemLink } from './link';
import { home, PAGES, type PageDefinition } from './pages';
import { Shell } from './Shell';

const root = createRootRoute({ component: Outlet, errorComponent: GatewayGone, notFoundComponent: MissingPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => fresh(() => import('./SignInPage'))),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => fresh(() => import('./SetPasswordPage'))),
  beforeLoad: async ({ location }) => signedIn(location.href),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  notFoundComponent: MissingPage,
  beforeLoad: async ({ location }) => {
    if (!(await redeemLink())) {
      throw redirect({ to: '/sign-in', search: { refused: 'link' } as never });
    }
    const session = await signedIn(location.href);
    if (session.mustSetPassword) {
      throw redirect({ to: '/password' });
    }
  },
});

const index = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: async ({ location }) => {
    throw redirect({ to: home(await signedIn(location.href)), replace: true });
  },
});

function pageRoute(page: PageDefinition) {
  return createRoute({
    getParentRoute: () => shell,
    path: page.detail === undefined ? page.path : `${page.path}/{-$${page.detail}}`,
    component: lazyRouteComponent(() => fresh(page.load)),
    errorComponent: PageFailed,
    staticData: { page },
  });
}

async function signedIn(next: string) {
  try {
    return sessionOf(await queries.ensureQueryData(sessionQuery));
  } catch (refused) {
    if (asProblem(refused).status === 401) {
      throw redirect({ to: '/sign-in', search: (next === '/' ? {} : { next }) as never });
    }
    throw refused;
  }
}

const tree = root.addChildren([signIn, password, shell.addChildren([index, ...PAGES.map(pageRoute)])]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/console',
  parseSearch,
  stringifySearch: formatSearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    page?: PageDefinition;
  }
}
