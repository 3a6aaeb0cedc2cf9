import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { CodeSnippet, Id } from '../../components/Copy';
import { Sheet } from '../../components/Dialog';
import { Fact, Facts, Lines, Section, Sections } from '../../components/Facts';
import { Answer, EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import { count, money, NOTHING } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import { useNames } from '../../lib/names';
import { codeText, kindTone } from '../../lib/outcome';
import { asProblem } from '../../lib/problem';
import { read } from '../../lib/query';
import { iso, useNow } from '../../lib/range';
import { useSession } from '../../lib/session';
import { curlAdmin } from '../../lib/snippets';
import { ago, time } from '../../lib/time';
import { ChangeKey } from './ChangeKey';
import { RevokeDialog, RotateDialog } from './EndDialogs';
import { KeyOnce } from './KeyOnce';
import styles from './Keys.module.css';
import { type Issued, type KeyView, stateOf } from './prepare';

const MONTH_MS = 30 * 86_400_000;
const LATEST = 8;

export interface KeySheetProps {
  id: string;
  spentNano: number | null;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
}

/** One key: what it may do, its secrets, what limits it and what it asked. */
export default function KeySheet({ id, spentNano, wide, onWide, onClose }: KeySheetProps) {
  const query = useQuery(read('/api/admin/v1/keys/{id}', { params: { path: { id } } }));
  const [mode, setMode] = useState<'change' | Issued>();
  const now = useNow(60_000);
  const missing = query.error !== null && [400, 404].includes(asProblem(query.error).status);
  const key = query.data;
  const state = key === undefined ? undefined : stateOf(key, now);
  const issued = typeof mode === 'object' ? mode : undefined;
  return (
    <Sheet
      open
      onClose={onClose}
      title={issued !== undefined ? t('keys.once.rotated') : (key?.name ?? t('keys.title'))}
      aside={state !== undefined && <Status tone={state.tone}>{state.text}</Status>}
      wide={wide}
      onWide={onWide}
    >
      {missing ? (
        <EmptyState title={t('keys.sheet.missing')} text={asProblem(query.error).message} />
      ) : issued !== undefined ? (
        <KeyOnce issued={issued} onDone={() => setMode(undefined)} />
      ) : (
        <Answer query={query} height={520}>
          {(view) =>
            mode === 'change' ? (
              <ChangeKey view={view} onDone={() => setMode(undefined)} />
            ) : (
              <Detail view={view} spentNano={spentNano} now={now} onMode={setMode} />
            )
          }
        </Answer>
      )}
    </Sheet>
  );
}

interface DetailProps {
  view: KeyView;
  spentNano: number | null;
  now: number;
  onMode: (mode: 'change' | Issued) => void;
}

function Detail({ view, spentNano, now, onMode }: DetailProps) {
  const { can } = useSession();
  return (
    <Sections>
      {can('KEYS_WRITE') && view.state !== 'revoked' && <Actions view={view} onMode={onMode} />}
      <Who view={view} spentNano={spentNano} now={now} />
      <Section title={t('keys.sheet.scope')}>
        <Facts>
          <Fact name={t('keys.sheet.models')}>{list(view.models)}</Fact>
          <Fact name={t('keys.sheet.endpoints')}>
            {list(view.endpoints?.map((endpoint) => named('keys.endpoint', endpoint)))}
          </Fact>
          <Fact name={t('keys.sheet.addresses')}>{list(view.addresses)}</Fact>
        </Facts>
      </Section>
      <Section title={t('keys.sheet.secrets')}>
        <Secrets view={view} />
      </Section>
      {can('LIMITS_READ') && <OwnLimits view={view} />}
      {can('REQUESTS_READ') && <Latest view={view} now={now} />}
      <Section title={t('keys.sheet.same')}>
        <CodeSnippet
          label={t('keys.sheet.same')}
          snippets={[
            { id: 'curl', text: 'curl', code: curlAdmin(`/api/admin/v1/keys/${view.id}`, {}) },
            { id: 'cli', text: 'gatehouse', code: `./gatehouse keys list --json | grep ${view.id}` },
          ]}
        />
      </Section>
    </Sections>
  );
}

function Actions({ view, onMode }: Pick<DetailProps, 'view' | 'onMode'>) {
  const [asked, setAsked] = useState<'rotate' | 'revoke'>();
  const close = () => setAsked(undefined);
  return (
    <div className={styles.actions}>
      {view.kind !== 'console' && (
        <>
          <Button onClick={() => setAsked('rotate')}>{t('keys.sheet.rotate')}</Button>
          <Button onClick={() => onMode('change')}>{t('keys.sheet.change')}</Button>
        </>
      )}
      <Button look="danger" onClick={() => setAsked('revoke')}>
        {t('keys.sheet.revoke')}
      </Button>
      {asked === 'rotate' && <RotateDialog view={view} onClose={close} onIssued={onMode} />}
      <RevokeDialog view={view} open={asked === 'revoke'} onClose={close} />
    </div>
  );
}

function Who({ view, spentNano, now }: Omit<DetailProps, 'onMode'>) {
  const { can, everywhere } = useSession();
  const names = useNames();
  return (
    <Facts>
      <Fact name={t('keys.sheet.id')}>
        <Id value={view.id} label={t('keys.sheet.copyId')} />
      </Fact>
      <Fact name={t('keys.table.project')}>
        {names.project(view.project)}
        {everywhere && `, ${names.tenant(view.tenant)}`}
      </Fact>
      <Fact name={t('keys.table.owner')}>{view.ownerName ?? NOTHING}</Fact>
      <Fact name={t('keys.sheet.created')}>{time(view.created, 'full')}</Fact>
      <Fact name={t('keys.sheet.expires')}>
        {view.expires == null ? t('keys.table.never') : time(view.expires, 'full')}
      </Fact>
      {view.revoked != null && <Fact name={t('keys.sheet.revoked')}>{time(view.revoked, 'full')}</Fact>}
      <Fact name={t('keys.sheet.used')}>{view.lastUsed == null ? t('keys.table.never') : ago(view.lastUsed, now)}</Fact>
      {can('USAGE_READ') && <Fact name={t('keys.sheet.spent')}>{money(spentNano)}</Fact>}
    </Facts>
  );
}

function list(some: readonly string[] | null | undefined): string {
  return some?.join(', ') ?? t('keys.sheet.all');
}

function Secrets({ view }: { view: KeyView }) {
  if (view.kind === 'console') {
    return <p className="dim">{t('keys.sheet.noSecret')}</p>;
  }
  if (view.secrets.length === 0 || view.state === 'revoked') {
    return <p className="dim">{t('keys.sheet.noneGood')}</p>;
  }
  return (
    <Lines
      label={t('keys.sheet.secrets')}
      head={[{ text: t('keys.sheet.prefix') }, { text: t('keys.sheet.created') }, { text: t('keys.sheet.good') }]}
      rows={view.secrets.toReversed().map(({ prefix, created, expires }) => ({
        id: prefix,
        cells: [
          <code key="prefix">{prefix}</code>,
          time(created, 'date'),
          expires == null ? t('keys.sheet.newest') : time(expires, 'dayMinute'),
        ],
      }))}
    />
  );
}

function OwnLimits({ view }: { view: KeyView }) {
  const query = useQuery(
    read('/api/admin/v1/limits', { params: { query: { level: 'key', subject: view.id, limit: 50 } } }),
  );
  return (
    <Section
      title={t('keys.sheet.limits')}
      note={<Link to={`/limits/${view.id}` as never}>{t('keys.sheet.limitsOpen')}</Link>}
    >
      <Answer query={query} height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">{t('keys.sheet.noLimits')}</p>
          ) : (
            <Lines
              label={t('keys.sheet.limits')}
              head={[
                { text: t('shell.limit.what'), wrap: true },
                { text: t('shell.limit.amount'), number: true },
                { text: t('shell.limit.left'), number: true },
              ]}
              rows={items.map(({ id, what, per, model, state }) => ({
                id,
                cells: [
                  [named('shell.limit', `${what}.${per ?? 'once'}`), model].filter(Boolean).join(', '),
                  amount(what, state.amount),
                  amount(what, state.left),
                ],
              }))}
            />
          )
        }
      </Answer>
    </Section>
  );
}

function amount(what: string, text: string): string {
  return what === 'charge' ? money(Math.round(Number(text) * 1e9)) : count(Number(text));
}

function Latest({ view, now }: { view: KeyView; now: number }) {
  const from = iso(Math.max(now - MONTH_MS, 0));
  const query = useQuery(read('/api/admin/v1/requests', { params: { query: { key: view.id, from, limit: LATEST } } }));
  return (
    <Section
      title={t('keys.sheet.requests')}
      note={
        <Link to={'/requests' as never} search={{ key: view.id, range: '30d' } as never}>
          {t('keys.sheet.requestsOpen')}
        </Link>
      }
    >
      <Answer query={query} height={120}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">{t('keys.sheet.noRequests')}</p>
          ) : (
            <Lines
              label={t('keys.sheet.requests')}
              head={[
                { text: t('keys.sheet.when') },
                { text: t('keys.sheet.outcome') },
                { text: t('keys.sheet.model') },
                { text: t('keys.sheet.charge'), number: true },
              ]}
              rows={items.map((request) => ({
                id: request.id,
                cells: [
                  <Link key="when" to={`/requests/${request.id}` as never}>
                    {time(request.arrived, 'dayMinute')}
                  </Link>,
                  <Status key="outcome" tone={kindTone(request.kind)}>
                    {codeText(request.kind, request.code)}
                  </Status>,
                  request.model,
                  money(request.chargeNano),
                ],
              }))}
            />
          )
        }
      </Answer>
    </Section>
  );
}
