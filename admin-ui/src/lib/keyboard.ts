import { useEffect } from 'react';

/** Keys to do, by what one presses: 'j', '?', 'g o' (one after the other), 'mod+k'. */
export type Bindings = Record<string, (event: KeyboardEvent) => void>;

const CHORD_MS = 1200;

/** Listens for keys of the whole page. Single letters stay text inside fields. */
export function useKeys(bindings: Bindings, on = true): void {
  useEffect(() => {
    if (!on) {
      return;
    }
    let first = '';
    let at = 0;
    const press = (event: KeyboardEvent) => {
      const name = nameOf(event);
      if (name === undefined) {
        return;
      }
      const chord = event.timeStamp - at < CHORD_MS ? `${first} ${name}` : name;
      const action = bindings[chord] ?? bindings[name];
      first = name;
      at = event.timeStamp;
      if (action !== undefined) {
        event.preventDefault();
        first = '';
        action(event);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [bindings, on]);
}

/** ⌘ where it is the key of commands, else Ctrl. */
export const MOD = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl';

function nameOf(event: KeyboardEvent): string | undefined {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    return event.altKey ? undefined : `mod+${key}`;
  }
  return event.altKey || typing(event.target) ? undefined : key;
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input, textarea, select, [role="combobox"], [role="listbox"], [role="menu"] *'))
  );
}
