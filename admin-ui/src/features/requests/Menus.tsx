import { Button } from '../../components/Button';
import { copyText } from '../../components/Copy';
import { ColumnsIcon, CopyIcon } from '../../components/icons';
import { Menu, type MenuItem } from '../../components/Menu';
import { toast } from '../../components/Toast';
import type { RequestFilter } from '../../lib/contract';
import { t } from '../../lib/i18n';
import type { Range } from '../../lib/range';
import type { Change, RequestFilterView } from '../../lib/view';
import { type RequestColumn, switched } from './columns';
import { listAsCli, listAsCurl } from './commands';
import { NARROWINGS } from './filter';

const SLOW_MS = 2000;
const DEAR_NANO = 10_000_000;

type Narrowed = Change<RequestFilterView>;

/** Ways in which people look at requests most; each is an address like any other. */
export function requestViews(change: (change: Narrowed) => void): readonly MenuItem[] {
  const cleared: Narrowed = Object.fromEntries(
    NARROWINGS.filter((name) => name !== 'tenant').map((name) => [name, undefined]),
  );
  const view = (text: string, narrowing: Narrowed) => ({ text, run: () => change({ ...cleared, ...narrowing }) });
  return [
    view(t('requests.views.all'), {}),
    view(t('requests.views.failed'), { kind: 'failed' }),
    view(t('requests.views.slow'), { minFirstTokenMs: SLOW_MS }),
    view(t('requests.views.blocked'), { code: 'content_policy' }),
    view(t('requests.views.dear'), { minChargeNano: DEAR_NANO }),
  ];
}

export function CopyMenu({ filter, range }: { filter: RequestFilter; range: Range }) {
  const copy = (text: string) => void copyText(text).then(() => toast(t('requests.copy.done'), text));
  return (
    <Menu
      trigger={
        <Button look="quiet">
          <CopyIcon size={14} />
          {t('requests.copy.title')}
        </Button>
      }
      groups={[
        {
          items: [
            { text: t('requests.copy.curl'), run: () => copy(listAsCurl(filter)) },
            { text: t('requests.copy.cli'), run: () => copy(listAsCli(filter, range)) },
            { text: t('requests.copy.link'), run: () => copy(location.href) },
          ],
        },
      ]}
    />
  );
}

export function ColumnMenu({ columns, shown }: { columns: readonly RequestColumn[]; shown: readonly RequestColumn[] }) {
  const flip = (id: string) => {
    const ids = new Set(switched.get().split(' ').filter(Boolean));
    if (!ids.delete(id)) {
      ids.add(id);
    }
    switched.set([...ids].join(' '));
  };
  return (
    <Menu
      trigger={
        <Button>
          <ColumnsIcon size={14} />
          {t('requests.columns.title')}
        </Button>
      }
      groups={[
        {
          items: columns.slice(1).map(({ id, head }) => ({
            text: head,
            checked: shown.some((column) => column.id === id),
            run: () => flip(id),
          })),
        },
      ]}
    />
  );
}
