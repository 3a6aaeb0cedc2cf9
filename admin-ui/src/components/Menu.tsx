import { Menu as Base } from '@base-ui/react/menu';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { cx } from '../lib/cx';
import { CheckIcon } from './icons';
import styles from './Popup.module.css';

export interface MenuItem {
  /** What tells it from others of the same text. */
  id?: string;
  text: string;
  hint?: ReactNode;
  /** It ends something. */
  danger?: boolean;
  disabled?: boolean;
  /** Whether it is on; the menu then stays open. */
  checked?: boolean;
  run: () => void;
}

export interface MenuGroup {
  label?: string;
  items: readonly MenuItem[];
}

/** A menu of actions, in groups. The trigger is a button of the kit. */
export function Menu({ trigger, groups }: { trigger: ReactElement; groups: readonly MenuGroup[] }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} sideOffset={4} align="start">
          <Base.Popup className={styles.popup}>
            {groups.map((group, index) => (
              <Fragment key={group.label ?? group.items.map(({ text }) => text).join()}>
                {index > 0 && <Base.Separator className={styles.line} />}
                <Base.Group>
                  {group.label !== undefined && (
                    <Base.GroupLabel className={styles.label}>{group.label}</Base.GroupLabel>
                  )}
                  {group.items.map((item) => (
                    <Entry key={item.id ?? item.text} item={item} />
                  ))}
                </Base.Group>
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ item }: { item: MenuItem }) {
  const className = cx(styles.item, item.danger === true && styles.danger);
  const hint = item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>;
  if (item.checked !== undefined) {
    return (
      <Base.CheckboxItem
        className={className}
        checked={item.checked}
        onCheckedChange={item.run}
        disabled={item.disabled ?? false}
      >
        <span className={styles.check}>
          <Base.CheckboxItemIndicator>
            <CheckIcon size={14} />
          </Base.CheckboxItemIndicator>
        </span>
        {item.text}
        {hint}
      </Base.CheckboxItem>
    );
  }
  return (
    <Base.Item className={className} onClick={item.run} disabled={item.disabled ?? false}>
      {item.text}
      {hint}
    </Base.Item>
  );
}
