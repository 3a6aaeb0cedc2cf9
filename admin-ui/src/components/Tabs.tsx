import { Tabs as Base } from '@base-ui/react/tabs';
import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

export interface TabItem<Id extends string> {
  id: Id;
  text: string;
  content: ReactNode;
}

/** Parts of one thing, one at a time. Which one shows belongs in the address where it matters. */
export function Tabs<Id extends string>(props: {
  tabs: readonly TabItem<Id>[];
  value: Id;
  onValue: (id: Id) => void;
  label: string;
}) {
  return (
    <Base.Root value={props.value} onValueChange={(id) => props.onValue(id as Id)}>
      <Base.List className={styles.list} aria-label={props.label}>
        {props.tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id} className={styles.tab}>
            {tab.text}
          </Base.Tab>
        ))}
      </Base.List>
      {props.tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className={styles.panel}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}

/** One of two to five ways to see the same thing. */
export function Segments<Id extends string>(props: {
  label: string;
  options: readonly { id: Id; text: string }[];
  value: Id;
  onValue: (id: Id) => void;
}) {
  return (
    <ToggleGroup
      className={styles.segments}
      aria-label={props.label}
      value={[props.value]}
      onValueChange={([id]) => id !== undefined && props.onValue(id as Id)}
    >
      {props.options.map((option) => (
        <Toggle key={option.id} value={option.id} className={styles.segment}>
          {option.text}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
