// Runs before the first paint, so that a reload never flashes in the wrong theme. src/lib/appearance.ts changes it later.
(() => {
  const root = document.documentElement;
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('gatehouse.appearance') ?? '{}');
  } catch {
    // A browser without storage shows the system's theme.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = saved.theme === 'light' || saved.theme === 'dark' ? saved.theme : dark ? 'dark' : 'light';
  root.dataset.theme = theme;
  root.dataset.density = saved.density === 'comfortable' ? 'comfortable' : 'dense';
})();
