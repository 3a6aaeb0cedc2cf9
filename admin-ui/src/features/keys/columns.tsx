import { Status } from '../../components/Status';
import type { Column } from '../../components/Table';
import { money, NOTHING } from '../../lib/format';
import { t } from '../../lib/i18n';
import { ago, time } from '../../lib/time';
import { type KeyRow, prefixOf, stateOf } from './prepare';

/** The columns of keys. What nobody may know (others' owners, spend without the right) is left away. */
export function keyColumns(look: { now: number; everywhere: boolean; spend: boolean }): readonly Column<KeyRow>[] {
  const { now, everywhere, spend } = look;
  const columns: (Column<KeyRow> | false)[] = [
    { id: 'name', head: t('keys.table.name'), width: 140, cell: ({ name }) => name, sort: ({ name }) => name },
    {
      id: 'state',
      head: t('keys.table.state'),
      width: 124,
      cell: (key) => {
        const { tone, text } = stateOf(key, now);
        return <Status tone={tone}>{text}</Status>;
      },
      sort: (key) => stateOf(key, now).text,
    },
    {
      id: 'owner',
      head: t('keys.table.owner'),
      cell: ({ ownerName }) => ownerName ?? NOTHING,
      sort: ({ ownerName }) => ownerName ?? null,
    },
    {
      id: 'project',
      head: t('keys.table.project'),
      cell: ({ projectName }) => projectName,
      sort: ({ projectName }) => projectName,
    },
    everywhere && {
      id: 'tenant',
      head: t('keys.table.tenant'),
      cell: ({ tenantName }) => tenantName,
      sort: ({ tenantName }) => tenantName,
    },
    {
      id: 'prefix',
      head: t('keys.table.prefix'),
      width: 108,
      mono: true,
      cell: (key) => (key.kind === 'console' ? t('keys.kind.console') : (prefixOf(key) ?? NOTHING)),
    },
    {
      id: 'models',
      head: t('keys.table.models'),
      cell: ({ models }) => models?.join(', ') ?? t('keys.table.allModels'),
      sort: ({ models }) => models?.join(', ') ?? '',
    },
    {
      id: 'used',
      head: t('keys.table.used'),
      width: 80,
      cell: ({ lastUsed }) => (lastUsed == null ? t('keys.table.never') : ago(lastUsed, now)),
      sort: ({ lastUsed }) => (lastUsed == null ? 0 : Date.parse(lastUsed)),
    },
    spend && {
      id: 'spent',
      head: t('keys.table.spent'),
      unit: t('keys.table.month'),
      width: 128,
      number: true,
      cell: ({ spentNano }) => money(spentNano),
      sort: ({ spentNano }) => spentNano,
    },
    {
      id: 'created',
      head: t('keys.table.created'),
      width: 104,
      cell: ({ created }) => time(created, 'date'),
      sort: ({ created }) => Date.parse(created),
    },
    {
      id: 'expires',
      head: t('keys.table.expires'),
      width: 110,
      cell: ({ expires }) => (expires == null ? t('keys.table.never') : time(expires, 'date')),
      sort: ({ expires }) => (expires == null ? null : Date.parse(expires)),
    },
  ];
  return columns.filter((column) => column !== false);
}
