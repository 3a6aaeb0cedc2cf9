import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import { cx } from '../lib/cx';
import { t } from '../lib/i18n';
import { RANGES, type RangeName, spanText, useRange } from '../lib/range';
import { time, useZone, zone, zoneName } from '../lib/time';
import { shared, useView } from '../lib/view';
import { Button } from './Button';
import { Form, TextField } from './Field';
import { ChevronDownIcon } from './icons';
import popup from './Popup.module.css';
import styles from './RangePicker.module.css';
import { Segments } from './Tabs';

/** When: a span that ends now, or one between two moments. It is part of the address and of all pages of traffic. */
export function RangePicker() {
  const [, change] = useView(shared);
  const [open, setOpen] = useState(false);
  const range = useRange();
  useZone();
  const preset = (name: RangeName) => {
    change({ range: name, from: undefined, until: undefined });
    setOpen(false);
  };
  const between = (from: string, until: string) => {
    change({ range: undefined, from, until });
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={popup.trigger} aria-label={t('shell.range.label', { range: rangeText(range) })}>
        <span className={popup.value}>{rangeText(range)}</span>
        <span className={popup.chevron}>
          <ChevronDownIcon size={14} />
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={popup.positioner} sideOffset={4} align="end">
          <Popover.Popup className={cx(popup.popup, styles.popup)} aria-label={t('shell.range.title')}>
            <div className={styles.presets}>
              {RANGES.map((name) => (
                <Button key={name} small look={range.name === name ? 'primary' : 'plain'} onClick={() => preset(name)}>
                  {t('shell.range.last', { span: spanText(name) })}
                </Button>
              ))}
            </div>
            <Between key={`${range.from} ${zone.get()}`} from={range.from} until={range.until} apply={between} />
            <div className={styles.zone}>
              {t('shell.range.zone')}
              <Segments
                label={t('shell.range.zone')}
                options={[
                  { id: 'local', text: t('shell.range.local') },
                  { id: 'utc', text: 'UTC' },
                ]}
                value={zone.get()}
                onValue={zone.set}
              />
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Between({
  from,
  until,
  apply,
}: {
  from: string;
  until: string;
  apply: (from: string, until: string) => void;
}) {
  const [first, setFirst] = useState(() => toInput(from));
  const [last, setLast] = useState(() => toInput(until));
  const [wrong, setWrong] = useState(false);
  const send = () => {
    const [start, end] = [fromInput(first), fromInput(last)];
    setWrong(!(start < end));
    if (start < end) {
      apply(new Date(start).toISOString(), new Date(end).toISOString());
    }
  };
  return (
    <Form onSend={send}>
      <TextField type="datetime-local" label={t('shell.range.from')} value={first} onValue={setFirst} />
      <TextField
        type="datetime-local"
        label={t('shell.range.until')}
        value={last}
        onValue={setLast}
        error={wrong ? t('shell.range.wrong') : undefined}
      />
      <Button type="submit">{t('shell.range.apply')}</Button>
    </Form>
  );
}

/** A range in words: "Last 6h", or its two ends. */
export function rangeText(range: { name: RangeName | undefined; from: string; until: string }): string {
  if (range.name !== undefined) {
    return t('shell.range.last', { span: spanText(range.name) });
  }
  const sameDay = time(range.from, 'day') === time(range.until, 'day');
  return `${time(range.from, 'dayMinute')} – ${time(range.until, sameDay ? 'minute' : 'dayMinute')} ${zoneName(new Date(range.until))}`;
}

function toInput(at: string): string {
  const date = new Date(at);
  const shift = zone.get() === 'utc' ? 0 : date.getTimezoneOffset() * 60_000;
  return new Date(date.getTime() - shift).toISOString().slice(0, 16);
}

function fromInput(text: string): number {
  return Date.parse(zone.get() === 'utc' ? `${text}Z` : text);
}
