import '@testing-library/jest-dom/vitest';
import '../locales/en/shell';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

// A part that is loaded when needed takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom lacks and the console asks for.
Object.assign(window, {
  matchMedia: (media: string) => ({ media, matches: false, addEventListener() {}, removeEventListener() {} }),
  ResizeObserver: class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
});

Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { get: () => 900 },
  clientWidth: { get: () => 1200 },
});

Object.assign(document, { fonts: { ready: Promise.resolve() } });

// A canvas draws nothing in jsdom; browser tests see charts.
vi.mock('uplot', () => ({
  default: class {
    redraw() {}
    setSize() {}
    setCursor() {}
    valToPos() {
      return 0;
    }
    destroy() {}
  },
}));
