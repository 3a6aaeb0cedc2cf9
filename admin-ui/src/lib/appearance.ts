import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'system';
export type Density = 'dense' | 'comfortable';

export interface Appearance {
  theme: Theme;
  density: Density;
}

const KEY = 'gatehouse.appearance';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen = saved();

system.addEventListener('change', apply);

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => chosen);
}

/** Whether the dark colours show now; charts draw themselves anew when it changes. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, dark);
}

export function setAppearance(change: Partial<Appearance>): void {
  chosen = { ...chosen, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  apply();
}

function dark(): boolean {
  return chosen.theme === 'system' ? system.matches : chosen.theme === 'dark';
}

function apply(): void {
  document.documentElement.dataset.theme = dark() ? 'dark' : 'light';
  document.documentElement.dataset.density = chosen.density;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function saved(): Appearance {
  let read: Partial<Appearance> = {};
  try {
    read = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>;
  } catch {
    // As above.
  }
  return {
    theme: read.theme === 'light' || read.theme === 'dark' ? read.theme : 'system',
    density: read.density === 'comfortable' ? 'comfortable' : 'dense',
  };
}
