import { Status } from '../../components/Status';
import type { Column } from '../../components/Table';
import { named, t } from '../../lib/i18n';
import { time } from '../../lib/time';
import { type ActView, actTone, nameOf } from './acts';
import { summary } from './diff';
import { Target } from './Target';

/** The columns of acts; `days` shows the day too, for ranges over several. */
export function actColumns(days: boolean, everywhere: boolean): readonly Column<ActView>[] {
  return [
    {
      id: 'at',
      head: t('audit.table.at'),
      width: days ? 134 : 96,
      mono: true,
      cell: ({ at }) => (days ? `${time(at, 'day')} ${time(at)}` : time(at)),
    },
    { id: 'actor', head: t('audit.table.actor'), width: 120, cell: ({ actor }) => actor },
    { id: 'what', head: t('audit.table.what'), width: 150, cell: (act) => <What act={act} /> },
    { id: 'target', head: t('audit.table.target'), width: 170, cell: (act) => <Target act={act} text={nameOf(act)} /> },
    ...(everywhere
      ? [
          {
            id: 'tenant',
            head: t('audit.table.tenant'),
            width: 130,
            cell: ({ tenant, tenantName }: ActView) =>
              tenant == null ? <span className="dim">{t('audit.installation')}</span> : (tenantName ?? tenant),
          },
        ]
      : []),
    {
      id: 'address',
      head: t('audit.table.address'),
      width: 130,
      cell: ({ address }) =>
        address === '' ? <span className="dim">{t('audit.gateway')}</span> : <span className="mono">{address}</span>,
    },
    { id: 'changes', head: t('audit.table.changes'), cell: (act) => <Changes act={act} /> },
  ];
}

function What({ act: { what } }: { act: ActView }) {
  const tone = actTone(what);
  const text = named('audit.what', what);
  return tone === undefined ? (
    text
  ) : (
    <Status tone={tone} plain>
      {text}
    </Status>
  );
}

function Changes({ act: { before, after } }: { act: ActView }) {
  const text = summary(before, after);
  return (
    <span className="dim" title={text}>
      {before != null && after != null ? text : ''}
    </span>
  );
}
