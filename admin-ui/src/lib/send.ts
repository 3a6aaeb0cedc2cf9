import { useState } from 'react';
import { asProblem, type Problem } from './problem';

/**
 * Sends a form: once at a time, only when what stands in it is right, and with the gateway's refusal beside it.
 * `tried` says that it was sent, so that what is wrong may be shown.
 */
export function useSend(right: () => boolean, run: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const attempt = async () => {
    setTried(true);
    setProblem(undefined);
    if (busy || !right()) {
      return;
    }
    setBusy(true);
    try {
      await run();
    } catch (refused) {
      setProblem(asProblem(refused));
    } finally {
      setBusy(false);
    }
  };
  return { send: () => void attempt(), busy, tried, problem };
}
