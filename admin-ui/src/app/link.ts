import { api } from '../lib/client';
import { asProblem } from '../lib/problem';
import { forget } from '../lib/session';

let token = take();

/** The one-time link's token; it leaves the address at once, so that no history or screenshot keeps it. */
function take(): string | undefined {
  const found = /^#link=(.+)$/.exec(location.hash)?.[1];
  if (found !== undefined) {
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return found;
}

/** Signs in with the link of the address, if there is one. False when the gateway refuses it. */
export async function redeemLink(): Promise<boolean> {
  if (token === undefined) {
    return true;
  }
  const link = token;
  token = undefined;
  try {
    await api.POST('/api/admin/v1/session', { body: { link } });
    forget();
    return true;
  } catch (refused) {
    if ([400, 401, 404].includes(asProblem(refused).status)) {
      return false;
    }
    throw refused;
  }
}
