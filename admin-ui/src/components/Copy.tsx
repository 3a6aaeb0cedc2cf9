import { type ReactNode, useEffect, useState } from 'react';
import { t } from '../lib/i18n';
import { Button, IconButton } from './Button';
import styles from './Copy.module.css';
import { CheckIcon, CopyIcon } from './icons';
import { Segments } from './Tabs';

function useCopied(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return;
    }
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, (text) => void copyText(text).then(() => setCopied(true))];
}

/** Copies a text; a page without a safe origin has no clipboard, so there it selects one for the browser to copy. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) {
    return navigator.clipboard.writeText(text);
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Copies without showing: beside an id, or with `text` as a button. */
export function CopyButton({ value, label, text }: { value: string; label: string; text?: string }) {
  const [copied, copy] = useCopied();
  const icon = copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />;
  const said = (
    <span className="visually-hidden" role="status">
      {copied ? t('shell.copy.done') : ''}
    </span>
  );
  if (text !== undefined) {
    return (
      <Button small onClick={() => copy(value)}>
        {icon}
        {copied ? t('shell.copy.done') : text}
      </Button>
    );
  }
  return (
    <>
      <IconButton small label={copied ? t('shell.copy.done') : label} onClick={() => copy(value)}>
        {icon}
      </IconButton>
      {said}
    </>
  );
}

/** An id that can be copied; `short` shows fewer of its letters. */
export function Id({ value, label, short }: { value: string; label: string; short?: string }) {
  return (
    <span className={styles.id}>
      <span className={`mono ${styles.text}`} title={value}>
        {short ?? value}
      </span>
      <CopyButton value={value} label={label} />
    </span>
  );
}

export interface Snippet {
  id: string;
  text: string;
  code: string;
}

/** The same thing in one or several languages, to copy. */
export function CodeSnippet({ snippets, label }: { snippets: readonly [Snippet, ...Snippet[]]; label: string }) {
  const [id, setId] = useState(snippets[0].id);
  const shown = snippets.find((snippet) => snippet.id === id) ?? snippets[0];
  return (
    <div className={styles.snippet}>
      <div className={styles.bar}>
        {snippets.length > 1 ? (
          <Segments label={label} options={snippets} value={shown.id} onValue={setId} />
        ) : (
          shown.text
        )}
        <CopyButton value={shown.code} label={t('shell.copy.code')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <pre className={styles.code} tabIndex={0}>
        {shown.code}
      </pre>
    </div>
  );
}

/** A secret that is shown this one time. */
export function SecretOnce({
  secret,
  about,
  copy = t('shell.secret.copy'),
  done,
}: {
  secret: string;
  about: ReactNode;
  /** What the button that copies it is called. */
  copy?: string;
  done?: ReactNode;
}) {
  return (
    <section className={styles.secret} aria-label={t('shell.secret.title')}>
      <div>{about}</div>
      <output className={styles.value}>{secret}</output>
      <div className={styles.foot}>
        <CopyButton value={secret} label={copy} text={copy} />
        {done}
      </div>
    </section>
  );
}
