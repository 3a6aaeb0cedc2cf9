import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from '../../components/Button';
import { CodeSnippet, SecretOnce } from '../../components/Copy';
import { Section, Sections } from '../../components/Facts';
import { Status } from '../../components/Status';
import { t } from '../../lib/i18n';
import { codeText, kindTone } from '../../lib/outcome';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { firstCall } from '../../lib/snippets';
import { time } from '../../lib/time';
import styles from './Keys.module.css';
import type { Issued, KeyView } from './prepare';

const POLL_MS = 1500;

export interface KeyOnceProps {
  issued: Issued;
  /** The key is new: its first call is waited for. */
  first?: boolean;
  onDone: () => void;
}

/** A secret that is shown this one time, and how to use it. */
export function KeyOnce({ issued: { key, secret }, first = false, onDone }: KeyOnceProps) {
  const model = useModel(key);
  return (
    <Sections>
      <SecretOnce
        secret={secret}
        about={
          <>
            {t('keys.once.about', { name: key.name })} {!first && <Former secrets={key.secrets} />}
          </>
        }
        done={<Button onClick={onDone}>{t('keys.once.done')}</Button>}
      />
      <Section title={t('keys.once.exportTitle')}>
        <CodeSnippet
          label={t('keys.once.export')}
          snippets={[{ id: 'shell', text: t('keys.once.export'), code: `export GATEHOUSE_KEY='${secret}'` }]}
        />
      </Section>
      {model !== undefined && (
        <Section title={t('keys.once.call')} note={t('keys.once.callNote', { model })}>
          <CodeSnippet label={t('keys.once.call')} snippets={firstCall(model)} />
        </Section>
      )}
      {first && <FirstCall id={key.id} since={key.created} />}
    </Sections>
  );
}

/** Until when the secret before the newest is good. */
function Former({ secrets }: { secrets: KeyView['secrets'] }) {
  const until = secrets.find(({ expires }) => expires != null)?.expires;
  return until == null ? t('keys.once.gone') : t('keys.once.grace', { time: time(until, 'full') });
}

/** A model that the key may ask for; the one that nodes serve before others. */
function useModel(key: KeyView): string | undefined {
  const { can } = useSession();
  const { data } = useQuery({ ...read('/api/admin/v1/models'), enabled: can('PRICES_READ') && key.models == null });
  const served = data?.items.toSorted((one, other) => other.nodesReady - one.nodesReady)[0]?.id;
  return key.models?.[0] ?? served;
}

/** Turns when the first request of the key shows in the ledger. */
function FirstCall({ id, since }: { id: string; since: string }) {
  const { can } = useSession();
  const { data } = useQuery({
    ...read('/api/admin/v1/requests', { params: { query: { key: id, from: since, limit: 1 } } }),
    staleTime: 0,
    enabled: can('REQUESTS_READ'),
    refetchInterval: ({ state }) => (state.data?.items[0] === undefined ? POLL_MS : false),
  });
  const seen = data?.items[0];
  return (
    <p className={styles.first} role="status">
      {seen === undefined ? (
        <Status tone="busy">{t('keys.once.waiting')}</Status>
      ) : (
        <>
          <Status tone={kindTone(seen.kind)}>
            {seen.kind === 'completed' ? t('keys.once.seen') : t('keys.once.seenBad')}
          </Status>
          {seen.kind !== 'completed' && <span>{codeText(seen.kind, seen.code)}</span>}
          <Link to={`/requests/${seen.id}` as never}>{t('keys.once.open')}</Link>
        </>
      )}
    </p>
  );
}
