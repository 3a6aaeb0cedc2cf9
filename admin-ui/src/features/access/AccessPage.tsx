import '../../locales/en/access';
import { ListBar } from '../../components/Listing';
import { Page } from '../../components/Page';
import { Segments } from '../../components/Tabs';
import { choice, word, z } from '../../lib/check';
import { t } from '../../lib/i18n';
import { shared, useView } from '../../lib/view';
import { GrantList } from './GrantList';
import { RequestList } from './RequestList';

const SHOWN = ['requests', 'grants'] as const;
const STATES = ['open', 'approved', 'declined', 'all'] as const;

const search = z.extend(shared, { show: choice(SHOWN), state: choice(STATES), sort: word, grant: word });

/** Who asks for what and the answer; and what was granted, until it is taken back. */
export default function AccessPage() {
  const [view, change] = useView(search);
  const show = view.show ?? 'requests';
  const state = view.state ?? 'open';
  const sorted = { sort: view.sort, onSort: (sort: string) => change({ sort }, true) };
  return (
    <Page title={t('access.title')} fill>
      <ListBar>
        <Segments
          label={t('access.show.label')}
          options={SHOWN.map((value) => ({ id: value, text: t(`access.show.${value}`) }))}
          value={show}
          onValue={(next) =>
            change({ show: next === 'requests' ? undefined : next, sort: undefined, grant: undefined })
          }
        />
        {show === 'requests' && (
          <Segments
            label={t('access.state.label')}
            options={STATES.map((value) => ({ id: value, text: t(`access.state.${value}`) }))}
            value={state}
            onValue={(next) => change({ state: next === 'open' ? undefined : next })}
          />
        )}
      </ListBar>
      {show === 'requests' ? (
        <RequestList state={state} tenant={view.tenant} {...sorted} />
      ) : (
        <GrantList
          tenant={view.tenant}
          {...sorted}
          openId={view.grant}
          onClose={() => change({ grant: undefined }, true)}
        />
      )}
    </Page>
  );
}
