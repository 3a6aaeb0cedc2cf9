import type { ReactNode } from 'react';
import { CodeSnippet } from '../../components/Copy';
import { Panel } from '../../components/Panel';
import { Status } from '../../components/Status';
import type { OverviewView } from '../../lib/contract';
import { t } from '../../lib/i18n';
import { curlChat } from '../../lib/snippets';
import styles from './Overview.module.css';

/** The way to a first answer. Each step turns by itself when the gateway sees it done. */
export function FirstRun({ steps }: { steps: OverviewView['firstRun'] }) {
  if (steps.modelReady && steps.keyMade && steps.requestSeen) {
    return null;
  }
  return (
    <Panel title={t('overview.run.title')} note={t('overview.run.note')}>
      <ol className={styles.steps}>
        <Step done={steps.modelReady} name={t('overview.run.model')}>
          <p className="dim">{t('overview.run.modelWait')}</p>
          <Command code={t('overview.run.modelCommand')} />
        </Step>
        <Step done={steps.keyMade} name={t('overview.run.key')}>
          <Command code={t('overview.run.keyCommand')} />
        </Step>
        <Step done={steps.requestSeen} name={t('overview.run.request')}>
          <Command code={curlChat('$GATEHOUSE_KEY')} />
        </Step>
      </ol>
    </Panel>
  );
}

function Step({ done, name, children }: { done: boolean; name: string; children: ReactNode }) {
  return (
    <li className={styles.step}>
      <div className={styles.stepHead}>
        <Status tone={done ? 'ok' : 'busy'}>{t(done ? 'overview.run.done' : 'overview.run.open')}</Status>
        {name}
      </div>
      {!done && children}
    </li>
  );
}

function Command({ code }: { code: string }) {
  return (
    <CodeSnippet
      label={t('overview.run.command')}
      snippets={[{ id: 'command', text: t('overview.run.command'), code }]}
    />
  );
}
