import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { z } from 'zod';
import { IconButton } from '../../components/Button';
import { CodeSnippet, Id } from '../../components/Copy';
import { Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { ArrowDownIcon, ArrowUpIcon } from '../../components/icons';
import { Answer, EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import type { RequestDetail } from '../../lib/contract';
import { count, NOTHING } from '../../lib/format';
import { t } from '../../lib/i18n';
import { kindTone } from '../../lib/outcome';
import { asProblem } from '../../lib/problem';
import { read } from '../../lib/query';
import { useSession } from '../../lib/session';
import { time, zoneName } from '../../lib/time';
import { Charges, Ledger } from './Charges';
import { requestAsCli, requestAsCurl } from './commands';
import { outcomeText } from './filter';
import { TimeFall } from './TimeFall';

const Coverage = z.object({
  texts: z.number(),
  bytes: z.number(),
  findings: z.number().default(0),
  byKind: z.record(z.string(), z.number()).default({}),
  masked: z.number().default(0),
});

export interface RequestSheetProps {
  id: string;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
  /** Goes to a neighbour in the list, or undefined at its ends. */
  onNext: (() => void) | undefined;
  onFormer: (() => void) | undefined;
}

const OPEN_MS = 2000;

/** One request, from its arrival to its line in the ledger. */
export default function RequestSheet({ id, wide, onWide, onClose, onNext, onFormer }: RequestSheetProps) {
  const query = useQuery({
    ...read('/api/admin/v1/requests/{id}', { params: { path: { id } } }),
    refetchInterval: ({ state }) => (state.data?.open === true ? OPEN_MS : false),
  });
  const missing = query.error !== null && asProblem(query.error).status === 404;
  const request = query.data?.request;
  return (
    <Sheet
      open
      onClose={onClose}
      title={t('requests.sheet.title')}
      wide={wide}
      onWide={onWide}
      aside={request !== undefined && <Status tone={kindTone(request.kind)}>{outcomeText(request)}</Status>}
      tools={
        <>
          <IconButton small label={t('requests.sheet.former')} disabled={onFormer === undefined} onClick={onFormer}>
            <ArrowUpIcon size={14} />
          </IconButton>
          <IconButton small label={t('requests.sheet.next')} disabled={onNext === undefined} onClick={onNext}>
            <ArrowDownIcon size={14} />
          </IconButton>
        </>
      }
    >
      {missing ? (
        <EmptyState title={t('requests.sheet.missing')} text={asProblem(query.error).message} />
      ) : (
        <Answer query={query} height={520}>
          {(detail) => <Detail detail={detail} />}
        </Answer>
      )}
    </Sheet>
  );
}

function Detail({ detail }: { detail: RequestDetail }) {
  const { request } = detail;
  return (
    <Sections>
      {detail.open && <Status tone="busy">{t('requests.sheet.open')}</Status>}
      <RequestFacts detail={detail} />
      <Section title={t('requests.time.title')}>
        <TimeFall detail={detail} />
      </Section>
      <Section title={t('requests.cost.title')}>
        <Charges detail={detail} />
      </Section>
      <Section title={t('requests.ledger.title')}>
        <Ledger lines={detail.lines} />
      </Section>
      <Section title={t('requests.guard.title')}>
        <Guard detail={detail} />
      </Section>
      <Section title={t('requests.audit.title')}>
        <Audit detail={detail} />
      </Section>
      <Section title={t('requests.same.title')}>
        <CodeSnippet
          label={t('requests.same.title')}
          snippets={[
            { id: 'curl', text: 'curl', code: requestAsCurl(request.id) },
            { id: 'cli', text: 'gatehouse', code: requestAsCli(request, Date.now()) },
          ]}
        />
      </Section>
    </Sections>
  );
}

function RequestFacts({ detail: { request, intent } }: { detail: RequestDetail }) {
  const { can } = useSession();
  const keyName = request.keyName ?? request.key;
  const by = [request.tenantName ?? request.tenant, request.projectName ?? request.project].join(', ');
  return (
    <Facts>
      <Fact name={t('requests.sheet.id')}>
        <Id value={request.id} label={t('requests.sheet.copyId')} />
      </Fact>
      <Fact name={t('requests.sheet.arrived')}>
        {time(request.arrived, 'full')} {zoneName(new Date(request.arrived))}
      </Fact>
      <Fact name={t('requests.sheet.by')}>{by}</Fact>
      <Fact name={t('requests.sheet.key')}>
        {can('KEYS_READ') ? <Link to={`/keys/${request.key}` as never}>{keyName}</Link> : keyName}
      </Fact>
      <Fact name={t('requests.sheet.model')}>{request.model}</Fact>
      <Fact name={t('requests.sheet.dialect')}>{request.dialect}</Fact>
      <Fact name={t('requests.sheet.address')}>{intent.address ?? NOTHING}</Fact>
      <Fact name={t('requests.sheet.asked')}>{boundOf(intent)}</Fact>
      <Fact name={t('requests.sheet.reason')}>
        <code>{request.code ?? request.reason ?? NOTHING}</code>
      </Fact>
    </Facts>
  );
}

function boundOf({ maxInput, maxOutput, choices }: RequestDetail['intent']): string {
  const input = count(maxInput);
  if (maxOutput == null) {
    return t('requests.sheet.askedOpen', { input });
  }
  const output = count(maxOutput);
  return choices > 1
    ? t('requests.sheet.askedTimes', { input, output, choices })
    : t('requests.sheet.askedFor', { input, output });
}

function Guard({ detail: { guard } }: { detail: RequestDetail }) {
  if (guard == null) {
    return <p className="dim">{t('requests.guard.none')}</p>;
  }
  const stopped = guard.rule != null;
  return (
    <>
      <div>
        <Status tone={stopped ? 'warn' : 'ok'} plain>
          {stopped ? t('requests.guard.stopped', { rule: guard.rule ?? '' }) : t('requests.guard.passed')}
        </Status>
      </div>
      <Facts>
        <Fact name={t('requests.guard.policy')}>
          <code>{guard.policy}</code>
        </Fact>
        <Fact name={t('requests.guard.coverage')}>{coverageText(guard.coverage)}</Fact>
      </Facts>
    </>
  );
}

/** What the guard read and found, in words. */
function coverageText(coverage: unknown): string {
  const read = Coverage.safeParse(coverage);
  if (!read.success) {
    return NOTHING;
  }
  const { texts, bytes, findings, byKind, masked } = read.data;
  const found = Object.entries(byKind).map(([kind, times]) => `${kind} ${count(times)}`);
  return [
    t('requests.guard.read', { count: texts, bytes: count(bytes) }),
    findings === 0
      ? t('requests.guard.clean')
      : t('requests.guard.found', { count: findings, kinds: found.join(', ') }),
    ...(masked === 0 ? [] : [t('requests.guard.masked', { count: masked })]),
  ].join(', ');
}

function Audit({ detail: { intent, request } }: { detail: RequestDetail }) {
  return (
    <Facts>
      <Fact name={t('requests.audit.gateway')}>{intent.gateway}</Fact>
      <Fact name={t('requests.audit.recorded')}>{time(request.recorded, 'full')}</Fact>
      <Fact name={t('requests.audit.hash')}>
        <Id value={intent.bodySha256} label={t('requests.audit.copyHash')} />
      </Fact>
    </Facts>
  );
}
