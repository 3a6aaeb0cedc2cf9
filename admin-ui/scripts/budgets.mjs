// Fails the build when a part of the console grows over its budget. Sizes are what a browser loads: gzip, in kilobytes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../target/classes/META-INF/resources/console/', import.meta.url).pathname;
const BUDGETS = { entry: 170, route: 60, css: 15, fonts: 100 };

const manifest = JSON.parse(readFileSync(join(DIST, 'manifest.json'), 'utf8'));
const sizes = new Map();

function size(file) {
  if (!sizes.has(file)) {
    const bytes = readFileSync(join(DIST, file));
    sizes.set(file, (file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length) / 1000);
  }
  return sizes.get(file);
}

/** A chunk and all that it loads with it. */
function closure(key, seen = new Set()) {
  if (!seen.has(key)) {
    seen.add(key);
    for (const imported of manifest[key].imports ?? []) {
      closure(imported, seen);
    }
  }
  return seen;
}

const sum = (files) => [...new Set(files)].reduce((total, file) => total + size(file), 0);
const scripts = (keys) => [...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'));

const entry = closure(Object.keys(manifest).find((key) => manifest[key].isEntry));
const routes = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry);
const styles = (keys) => keys.flatMap((key) => manifest[key].css ?? []);
const assets = readdirSync(join(DIST, 'assets')).map((file) => `assets/${file}`);

/** Parts that the shell loads by itself as soon as it shows. */
const SHELL = ['src/app/TenantSwitch.tsx', 'src/app/UserMenu.tsx', 'src/components/Toast.tsx'].filter(
  (key) => manifest[key],
);

/** What is there before a part is asked for: the entry, the shell for a page of it, and whoever asks. */
function before(key) {
  const askers = Object.keys(manifest).filter((one) => manifest[one].dynamicImports?.includes(key));
  const shell = key.startsWith('src/features/') ? SHELL : [];
  return new Set([...entry, ...[...askers, ...shell].flatMap((one) => [...closure(one)])]);
}

function part(key) {
  const there = before(key);
  return sum(scripts([...closure(key)].filter((one) => !there.has(one))));
}

const found = [
  ['entry', sum(scripts(entry)), BUDGETS.entry],
  ...routes.map((key) => [`part ${key}`, part(key), BUDGETS.route]),
  ['css of the fullest page', Math.max(...routes.map((key) => sum(styles([...entry, ...closure(key)])))), BUDGETS.css],
  ['fonts', sum(assets.filter((file) => file.endsWith('.woff2'))), BUDGETS.fonts],
];

let over = false;
for (const [what, kilobytes, budget] of found) {
  const bad = kilobytes > budget;
  over ||= bad;
  console.log(`${bad ? 'over' : '  ok'} ${kilobytes.toFixed(1).padStart(7)} of ${budget} kB  ${what}`);
}
process.exit(over ? 1 : 0);
