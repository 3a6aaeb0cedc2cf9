import { Link } from '@tanstack/react-router';
import { IconButton } from '../../components/Button';
import { CodeSnippet, Id } from '../../components/Copy';
import { Sheet } from '../../components/Dialog';
import { Fact, Facts, Section, Sections } from '../../components/Facts';
import { ArrowDownIcon, ArrowUpIcon } from '../../components/icons';
import { EmptyState } from '../../components/States';
import { Status } from '../../components/Status';
import { named, t } from '../../lib/i18n';
import { time, zoneName } from '../../lib/time';
import styles from './Audit.module.css';
import { type ActView, nameOf } from './acts';
import { type Difference, differences } from './diff';
import { Target } from './Target';

export interface ActSheetProps {
  act: ActView | undefined;
  searching: boolean;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onClose: () => void;
  onNext: (() => void) | undefined;
  onFormer: (() => void) | undefined;
}

/** One act, and what it changed. */
export function ActSheet({ act, searching, wide, onWide, onClose, onNext, onFormer }: ActSheetProps) {
  return (
    <Sheet
      open
      onClose={onClose}
      title={act === undefined ? t('audit.sheet.id') : named('audit.what', act.what)}
      wide={wide}
      onWide={onWide}
      tools={
        <>
          <IconButton small label={t('audit.sheet.former')} disabled={onFormer === undefined} onClick={onFormer}>
            <ArrowUpIcon size={14} />
          </IconButton>
          <IconButton small label={t('audit.sheet.next')} disabled={onNext === undefined} onClick={onNext}>
            <ArrowDownIcon size={14} />
          </IconButton>
        </>
      }
    >
      {act !== undefined ? (
        <Detail act={act} />
      ) : searching ? (
        <Status tone="busy">{t('audit.sheet.searching')}</Status>
      ) : (
        <EmptyState title={t('audit.sheet.missing')} text={t('audit.sheet.missingText')} />
      )}
    </Sheet>
  );
}

function Detail({ act }: { act: ActView }) {
  const { at, actor, address, what, target, tenant, tenantName } = act;
  return (
    <Sections>
      <Facts>
        <Fact name={t('audit.table.at')}>
          {time(at, 'full')} {zoneName(new Date(at))}
        </Fact>
        <Fact name={t('audit.table.actor')}>{actor}</Fact>
        <Fact name={t('audit.table.address')}>
          {address === '' ? t('audit.gateway') : <span className="mono">{address}</span>}
        </Fact>
        <Fact name={t('audit.table.what')}>
          <code>{what}</code>
        </Fact>
        <Fact name={t('audit.table.target')}>
          <Target act={act} text={nameOf(act)} /> <Id value={target} label={t('audit.sheet.copyTarget')} />
        </Fact>
        <Fact name={t('audit.table.tenant')}>{tenant == null ? t('audit.installation') : (tenantName ?? tenant)}</Fact>
        <Fact name={t('audit.sheet.id')}>
          <Id value={act.id} label={t('audit.sheet.copyId')} />
        </Fact>
      </Facts>
      <Link to={'/audit' as never} search={{ target, range: '30d' } as never}>
        {t('audit.sheet.same')}
      </Link>
      <Section title={t('audit.sheet.diff')}>
        <Diff act={act} />
      </Section>
    </Sections>
  );
}

/** Before and after, member by member: what changed first, the rest folded. */
function Diff({ act: { before, after } }: { act: ActView }) {
  const all = differences(before, after);
  const changed = all.filter(({ kind }) => kind !== 'same');
  const same = all.filter(({ kind }) => kind === 'same');
  if (all.length === 0) {
    return <p className="dim">{t('audit.sheet.none')}</p>;
  }
  return (
    <>
      {changed.length > 0 && <Members members={changed} made={before == null} gone={after == null} />}
      {same.length > 0 && (
        <details className={styles.fold}>
          <summary>{t('audit.sheet.unchanged', { count: same.length })}</summary>
          <Members members={same} />
        </details>
      )}
      <details className={styles.fold}>
        <summary>{t('audit.sheet.json')}</summary>
        <CodeSnippet
          label={t('audit.sheet.json')}
          snippets={[
            { id: 'before', text: t('audit.sheet.before'), code: JSON.stringify(before ?? null, null, 2) },
            { id: 'after', text: t('audit.sheet.after'), code: JSON.stringify(after ?? null, null, 2) },
          ]}
        />
      </details>
    </>
  );
}

function Members(props: { members: readonly Difference[]; made?: boolean; gone?: boolean }) {
  const { members, made = false, gone = false } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.diff}>
        <thead>
          <tr>
            <th scope="col">{t('audit.sheet.member')}</th>
            {!made && <th scope="col">{t('audit.sheet.before')}</th>}
            {!gone && <th scope="col">{t('audit.sheet.after')}</th>}
          </tr>
        </thead>
        <tbody>
          {members.map(({ path, kind, before, after }) => (
            <tr key={path}>
              <th scope="row">
                {path} {kind !== 'same' && <span className="visually-hidden">{t(`audit.change.${kind}`)}</span>}
              </th>
              {!made && <td>{before !== undefined && <del data-kind={kind}>{before}</del>}</td>}
              {!gone && <td>{after !== undefined && <ins data-kind={kind}>{after}</ins>}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
