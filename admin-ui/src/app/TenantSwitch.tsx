import { useQuery } from '@tanstack/react-query';
import { Select } from '../components/Select';
import { t } from '../lib/i18n';
import { read } from '../lib/query';
import { shared, useView } from '../lib/view';

const ALL = 'all';

/** Whose traffic shows, for users of the whole installation. */
export default function TenantSwitch() {
  const [view, change] = useView(shared);
  const { data } = useQuery({
    ...read('/api/admin/v1/tenants', { params: { query: { limit: 200 } } }),
    staleTime: 60_000,
  });
  const tenants = (data?.items ?? []).map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Select
      fill
      label={t('shell.tenant.label')}
      options={[{ value: ALL, text: t('shell.tenant.all') }, ...tenants]}
      value={view.tenant ?? ALL}
      onValue={(tenant) => change({ tenant: tenant === ALL ? undefined : tenant })}
    />
  );
}
