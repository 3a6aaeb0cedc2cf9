import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { t } from '../lib/i18n';
import { fresh } from '../lib/loading';
import { read } from '../lib/query';
import { parseSearch } from '../lib/view';
import { Button } from './Button';
import { ChevronDownIcon } from './icons';
import { Menu, type MenuItem } from './Menu';
import type { SavedView } from './ViewDialogs';

// Most people open a view; few save one.
const SaveDialog = lazy(() => fresh(() => import('./ViewDialogs').then(({ SaveDialog }) => ({ default: SaveDialog }))));
const ManageDialog = lazy(() =>
  fresh(() => import('./ViewDialogs').then(({ ManageDialog }) => ({ default: ManageDialog }))),
);

export interface SavedViewsProps {
  /** The first part of the page's path. */
  page: string;
  /** Ways to look at the list that everybody has. */
  builtIn?: readonly MenuItem[];
}

/** Addresses of a list under names: those that everybody has, one's own, and those that colleagues share. */
export function SavedViews({ page, builtIn = [] }: SavedViewsProps) {
  const [open, setOpen] = useState<'save' | 'manage'>();
  const navigate = useNavigate();
  const { data } = useQuery({ ...read('/api/admin/v1/views', { params: { query: { page } } }), staleTime: 60_000 });
  const views = data?.items ?? [];
  const own = views.filter((view) => view.own);
  const shared = views.filter((view) => !view.own);
  const show = ({ name, search, own, savedBy }: SavedView): MenuItem => ({
    id: `${name} ${savedBy}`,
    text: name,
    ...(!own && { hint: savedBy }),
    run: () => void navigate({ to: `/${page}` as never, search: parseSearch(search) as never }),
  });
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu
        trigger={
          <Button>
            {t('shell.views.title')}
            <ChevronDownIcon size={14} />
          </Button>
        }
        groups={[
          ...(builtIn.length > 0 ? [{ items: builtIn }] : []),
          ...(own.length > 0 ? [{ label: t('shell.views.own'), items: own.map(show) }] : []),
          ...(shared.length > 0 ? [{ label: t('shell.views.shared'), items: shared.map(show) }] : []),
          {
            items: [
              { text: t('shell.views.save'), run: () => setOpen('save') },
              { text: t('shell.views.manage'), disabled: own.length === 0, run: () => setOpen('manage') },
            ],
          },
        ]}
      />
      <Suspense>
        {open === 'save' && <SaveDialog page={page} own={own} onClose={close} />}
        {open === 'manage' && <ManageDialog own={own} onClose={close} />}
      </Suspense>
    </>
  );
}
