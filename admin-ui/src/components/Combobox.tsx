import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import type { ReactNode } from 'react';
import { Labelled } from './Field';
import { CheckIcon, ChevronDownIcon } from './icons';
import styles from './Popup.module.css';
import type { Option, PickProps } from './Select';

export interface ComboboxProps<Value extends string> extends PickProps<Value> {
  help?: ReactNode;
  error?: string;
  /** What stands in the list when nothing matches. */
  empty: string;
}

/** One of many, found by typing. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { label, help, error, options, value, onValue, placeholder, disabled = false, empty } = props;
  return (
    <Labelled label={label} help={help} error={error}>
      <BaseCombobox.Root
        items={options}
        value={options.find((option) => option.value === value) ?? null}
        onValueChange={(next) => next !== null && onValue(next.value)}
        itemToStringLabel={(option: Option<Value>) => option.text}
        isItemEqualToValue={(one, other) => one.value === other.value}
        disabled={disabled}
      >
        <BaseCombobox.InputGroup className={styles.group}>
          <BaseCombobox.Input className={styles.input} placeholder={placeholder} />
          <BaseCombobox.Trigger className={styles.open} aria-label={label}>
            <ChevronDownIcon size={14} />
          </BaseCombobox.Trigger>
        </BaseCombobox.InputGroup>
        <BaseCombobox.Portal>
          <BaseCombobox.Positioner className={styles.positioner} sideOffset={4}>
            <BaseCombobox.Popup className={styles.popup}>
              <BaseCombobox.Empty className={styles.empty}>{empty}</BaseCombobox.Empty>
              <BaseCombobox.List>
                {(option: Option<Value>) => (
                  <BaseCombobox.Item key={option.value} value={option} className={styles.item}>
                    <span className={styles.check}>
                      <BaseCombobox.ItemIndicator>
                        <CheckIcon size={14} />
                      </BaseCombobox.ItemIndicator>
                    </span>
                    {option.text}
                    {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
                  </BaseCombobox.Item>
                )}
              </BaseCombobox.List>
            </BaseCombobox.Popup>
          </BaseCombobox.Positioner>
        </BaseCombobox.Portal>
      </BaseCombobox.Root>
    </Labelled>
  );
}
