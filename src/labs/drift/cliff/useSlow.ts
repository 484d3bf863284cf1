import { useEffect, useState } from 'react';

/** Work that is done sooner shows no notice. */
const AFTER_MS = 300;

/** True once `busy` has been true for longer than a moment. */
export function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), AFTER_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [busy]);
  return slow;
}
