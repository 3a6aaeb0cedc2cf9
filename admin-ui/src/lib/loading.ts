const KEY = 'gatehouse.reloaded';
const SOON_MS = 20_000;

/**
 * Loads a part of the console. After an upgrade of the gateway its files have other names: then the page is loaded
 * anew, once; should that not help, the failure shows.
 */
export async function fresh<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (missing) {
    if (reloadedLately()) {
      throw missing;
    }
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
    return new Promise(() => {});
  }
}

function reloadedLately(): boolean {
  return Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < SOON_MS;
}
