import { Autocomplete } from '@base-ui/react/autocomplete';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { cx } from '../lib/cx';
import { type FilterValue, type FilterWord, formatFilter, parseFilter, quoted, wordOf } from '../lib/filters';
import { t } from '../lib/i18n';
import styles from './FilterBar.module.css';
import { CloseIcon, SearchIcon } from './icons';
import popup from './Popup.module.css';

type View<Param extends string> = Partial<Record<Param, FilterValue | undefined>>;

export interface FilterBarProps<Param extends string> {
  words: readonly FilterWord<Param>[];
  view: View<Param>;
  onChange: (change: View<Param>) => void;
  /** An example of what one may type. */
  placeholder: string;
}

interface Suggestion {
  /** The text of the input when it is taken. */
  text: string;
  shown: string;
  about: string;
  /** Whether it is a whole token, to apply at once. */
  whole: boolean;
}

const MOST = 12;

/** A typed filter: `tenant:claims-eu kind:failed ttft:>2s`. What holds stands as chips, which the address keeps. */
export function FilterBar<Param extends string>({ words, view, onChange, placeholder }: FilterBarProps<Param>) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const highlighted = useRef<Suggestion | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const suggestions = useMemo(() => suggest(text, words), [text, words]);

  const apply = (whole: string) => {
    const parsed = parseFilter(whole, words);
    setWrong(parsed.wrong);
    setText(parsed.wrong.join(' '));
    if (Object.keys(parsed.changes).length > 0) {
      onChange(parsed.changes as View<Param>);
    }
  };
  const change = (next: string, picked: boolean) => {
    if (picked && suggestions.some((suggestion) => suggestion.text === next && suggestion.whole)) {
      apply(next);
    } else {
      setText(next);
    }
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && highlighted.current === undefined && text !== '') {
      event.preventDefault();
      apply(text);
    }
    const last = words.findLast((word) => view[word.param] !== undefined);
    if (event.key === 'Backspace' && text === '' && last !== undefined) {
      setText(formatFilter({ [last.param]: view[last.param] } as View<Param>, words));
      onChange({ [last.param]: undefined } as View<Param>);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the text means the text
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys reach the input itself
    <div className={styles.bar} onClick={() => input.current?.focus()}>
      <SearchIcon size={14} />
      {words.map((word) => {
        const value = view[word.param];
        return value === undefined ? null : (
          <Chip
            key={word.param}
            word={word.word}
            value={word.show(value)}
            remove={() => onChange({ [word.param]: undefined } as View<Param>)}
          />
        );
      })}
      <Autocomplete.Root
        items={suggestions}
        mode="none"
        value={text}
        onValueChange={(next, { reason }) => change(next, reason === 'item-press')}
        itemToStringValue={(suggestion) => suggestion.text}
        onItemHighlighted={(suggestion) => {
          highlighted.current = suggestion;
        }}
        open={open}
        onOpenChange={(next, { reason }) =>
          setOpen(next || (reason === 'item-press' && highlighted.current?.whole === false))
        }
        openOnInputClick
      >
        <Autocomplete.Input
          ref={input}
          className={styles.input}
          aria-label={t('shell.filter.label')}
          placeholder={words.some(({ param }) => view[param] !== undefined) ? '' : placeholder}
          spellCheck={false}
          autoCapitalize="off"
          onKeyDown={press}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner className={popup.positioner} sideOffset={6} align="start">
            <Autocomplete.Popup
              className={cx(popup.popup, styles.popup, suggestions.length === 0 && 'visually-hidden')}
            >
              <Autocomplete.List>
                {(suggestion: Suggestion) => (
                  <Autocomplete.Item key={suggestion.text} value={suggestion} className={popup.item}>
                    <span className={styles.suggestion}>{suggestion.shown}</span>
                    <span className={popup.hint}>{suggestion.about}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {wrong.length > 0 && text !== '' && (
        <span className={styles.wrong} role="alert">
          {t('shell.filter.wrong', { token: wrong.join(' ') })}
        </span>
      )}
    </div>
  );
}

function Chip({ word, value, remove }: { word: string; value: string; remove: () => void }) {
  return (
    <span className={styles.chip}>
      <span className={styles.chipText}>
        <span className={styles.word}>{word}:</span>
        {value}
      </span>
      <button
        type="button"
        className={styles.remove}
        aria-label={t('shell.filter.remove', { filter: `${word}:${value}` })}
        onClick={remove}
      >
        <CloseIcon size={12} />
      </button>
    </span>
  );
}

/** The words that begin like the last token, or the values of its word. */
function suggest<Param extends string>(text: string, words: readonly FilterWord<Param>[]): Suggestion[] {
  const token = /(?:^|\s)((?:[^\s"]|"[^"]*"?)*)$/.exec(text)?.[1] ?? '';
  const before = text.slice(0, text.length - token.length);
  const colon = token.indexOf(':');
  if (colon < 0) {
    return words
      .filter(({ word, aliases }) => [word, ...(aliases ?? [])].some((name) => name.startsWith(token.toLowerCase())))
      .map(({ word, about }) => ({ text: `${before}${word}:`, shown: `${word}:`, about, whole: false }));
  }
  const word = wordOf(token.slice(0, colon), words);
  const begun = token
    .slice(colon + 1)
    .replaceAll('"', '')
    .toLowerCase();
  return (word?.values ?? [])
    .filter((value) => value.text.toLowerCase().includes(begun))
    .slice(0, MOST)
    .map((value) => {
      const whole = `${word?.word ?? ''}:${quoted(value.text)}`;
      return { text: before + whole, shown: whole, about: '', whole: true };
    });
}
