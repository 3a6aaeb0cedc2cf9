import { Select as BaseSelect } from '@base-ui/react/select';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx';
import { Labelled } from './Field';
import { CheckIcon, UpDownIcon } from './icons';
import styles from './Popup.module.css';

export interface Option<Value extends string = string> {
  value: Value;
  text: string;
  hint?: ReactNode;
}

export interface PickProps<Value extends string> {
  /** Its name for those who do not see it; in a form, `LabelledSelect` shows it. */
  label: string;
  options: readonly Option<Value>[];
  value: Value | null;
  onValue: (value: Value) => void;
  placeholder?: string;
  /** As wide as its place, as in a form. */
  fill?: boolean;
  disabled?: boolean;
}

/** One of a few. */
export function Select<Value extends string>(props: PickProps<Value>) {
  const { label, options, value, onValue, placeholder, fill = false, disabled = false } = props;
  const items = options.map((option) => ({ value: option.value, label: option.text }));
  return (
    <BaseSelect.Root
      items={items}
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== null && onValue(next as Value)}
    >
      <BaseSelect.Trigger className={cx(styles.trigger, fill && styles.fill)} aria-label={label}>
        <BaseSelect.Value className={styles.value} placeholder={placeholder} />
        <BaseSelect.Icon className={styles.chevron}>
          <UpDownIcon size={14} />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className={styles.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <BaseSelect.Popup className={styles.popup}>
            {options.map((option) => (
              <BaseSelect.Item key={option.value} value={option.value} className={styles.item}>
                <span className={styles.check}>
                  <BaseSelect.ItemIndicator>
                    <CheckIcon size={14} />
                  </BaseSelect.ItemIndicator>
                </span>
                <BaseSelect.ItemText>{option.text}</BaseSelect.ItemText>
                {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

/** A select of a form, with its label above. */
export function LabelledSelect<Value extends string>({
  help,
  error,
  ...props
}: PickProps<Value> & { help?: ReactNode; error?: string }) {
  return (
    <Labelled label={props.label} help={help} error={error}>
      <Select {...props} fill />
    </Labelled>
  );
}
