import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { Id } from '../../components/Copy';
import { ConfirmDialog, Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { Answer, EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import { toast } from '../../components/Toast';
import { api } from '../../lib/client';
import { count, money, rate } from '../../lib/format';
import { named, t } from '../../lib/i18n';
import { read, refresh } from '../../lib/query';
import { useSession } from '../../lib/session';
import { ago, time, zoneName } from '../../lib/time';
import { Cache } from './Cache';
import styles from './Nodes.module.css';
import { type NodeView, onlyHere, stateTone } from './prepare';

const EVENTS = 20;
const EVENTS_MS = 10_000;

export interface NodeSheetProps {
  name: string;
  nodes: readonly NodeView[];
  now: number;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
}

/** One node: what it does now, and what has happened to it. */
export function NodeSheet({ name, nodes, now, wide, onWide, onClose }: NodeSheetProps) {
  const { can } = useSession();
  const node = nodes.find((one) => one.name === name);
  return (
    <Sheet
      open
      onClose={onClose}
      title={name}
      wide={wide}
      onWide={onWide}
      aside={node !== undefined && <Status tone={stateTone(node.state)}>{named('nodes.state', node.state)}</Status>}
      foot={node !== undefined && can('NODES_WRITE') ? <Switch node={node} nodes={nodes} /> : undefined}
    >
      {node === undefined ? (
        <EmptyState title={t('nodes.sheet.missing')} text={t('nodes.sheet.missingText')} />
      ) : (
        <Sections>
          <NodeFacts node={node} now={now} />
          {can('REQUESTS_READ') && (
            <Link to="/requests" search={{ node: name, range: '1h' } as never}>
              {t('nodes.sheet.requests')}
            </Link>
          )}
          {can('ACTS_READ') && <Events node={node} />}
        </Sections>
      )}
    </Sheet>
  );
}

function NodeFacts({ node, now }: { node: NodeView; now: number }) {
  const { running, waiting, slots, requestsLastHour, failedLastHour, costNanoPerHour, version, build } = node;
  const load = { running: count(running), slots: count(slots), waiting: count(waiting) };
  const hour = { requests: count(requestsLastHour), failed: count(failedLastHour) };
  return (
    <Facts>
      <Fact name={t('nodes.sheet.name')}>
        <Id value={node.name} label={t('nodes.sheet.copy')} />
      </Fact>
      <Fact name={t('nodes.sheet.models')}>
        {node.models.map(({ id, context }) => (
          <div key={id}>{t('nodes.sheet.context', { model: id, context: count(context) })}</div>
        ))}
      </Fact>
      <Fact name={t('nodes.sheet.load')}>{t('nodes.sheet.loadText', load)}</Fact>
      <Fact name={t('nodes.sheet.pace')}>{t('nodes.sheet.paceText', { pace: rate(node.tokensPerSecond) })}</Fact>
      <Fact name={t('nodes.sheet.kv')}>
        <Cache node={node} />
      </Fact>
      <Fact name={t('nodes.sheet.hour')}>{t('nodes.sheet.hourText', hour)}</Fact>
      <Fact name={t('nodes.sheet.cost')}>
        {costNanoPerHour == null ? t('nodes.sheet.noTariff') : money(costNanoPerHour)}
      </Fact>
      <Fact name={t('nodes.sheet.heard')}>
        {ago(node.heard, now)} ({time(node.heard, 'full')} {zoneName(new Date(node.heard))})
      </Fact>
      <Fact name={t('nodes.sheet.version')}>
        <span className="mono">{t('nodes.sheet.build', { version, build })}</span>
      </Fact>
    </Facts>
  );
}

/** What has happened to it, the latest first. */
function Events({ node }: { node: NodeView }) {
  const query = useQuery({
    ...read('/api/admin/v1/acts', { params: { query: { target: node.id, limit: EVENTS } } }),
    refetchInterval: EVENTS_MS,
  });
  return (
    <Section
      title={t('nodes.sheet.events')}
      note={
        <Link to={'/audit' as never} search={{ target: node.id, range: '30d' } as never}>
          {t('nodes.sheet.allEvents')}
        </Link>
      }
    >
      <Answer query={query} height={120}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">{t('nodes.sheet.noEvents')}</p>
          ) : (
            <ol className={styles.events}>
              {items.map((act) => (
                <li key={act.id}>
                  <time className="mono" dateTime={act.at}>
                    {time(act.at, 'dayMinute')}
                  </time>
                  <span>{named('nodes.event', act.what, { actor: act.actor })}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Answer>
    </Section>
  );
}

/** Drains it, or lets it take requests again. Nothing can be told to a node that is lost. */
function Switch({ node, nodes }: { node: NodeView; nodes: readonly NodeView[] }) {
  const [open, setOpen] = useState(false);
  const draining = node.state === 'draining';
  const path = { params: { path: { name: node.name } } };
  const run = async () => {
    await (draining
      ? api.POST('/api/admin/v1/nodes/{name}/undrain', path)
      : api.POST('/api/admin/v1/nodes/{name}/drain', path));
    await refresh('/api/admin/v1/nodes', '/api/admin/v1/acts');
    toast(t(draining ? 'nodes.resume.done' : 'nodes.drain.done', { node: node.name }));
  };
  return (
    <>
      <Button look={draining ? 'primary' : 'plain'} disabled={node.state === 'lost'} onClick={() => setOpen(true)}>
        {t(draining ? 'nodes.resume.verb' : 'nodes.drain.verb')}
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t(draining ? 'nodes.resume.title' : 'nodes.drain.title', { node: node.name })}
        effect={draining ? <Resumed node={node} /> : <Drained node={node} nodes={nodes} />}
        verb={t(draining ? 'nodes.resume.verb' : 'nodes.drain.verb')}
        run={run}
      />
    </>
  );
}

function Resumed({ node }: { node: NodeView }) {
  return <p>{t('nodes.resume.effect', { models: node.models.map(({ id }) => id).join(', ') })}</p>;
}

function Drained({ node, nodes }: { node: NodeView; nodes: readonly NodeView[] }) {
  const under = node.running + node.waiting;
  const alone = onlyHere(node, nodes);
  return (
    <>
      <p>{under === 0 ? t('nodes.drain.none') : t('nodes.drain.effect', { count: under })}</p>
      {alone.length > 0 && (
        <Status tone="warn" plain>
          {t('nodes.drain.last', { models: alone.join(', ') })}
        </Status>
      )}
    </>
  );
}
