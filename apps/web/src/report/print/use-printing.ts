import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Whether the page is being printed; what is shown then is drawn before the browser takes it. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(() => matchMedia('print').matches);
  useEffect(() => {
    const media = matchMedia('print');
    const tell = (now: boolean) => (): void => flushSync(() => setPrinting(now));
    const [begins, ends] = [tell(true), tell(false)];
    const look = (): void => (media.matches ? begins() : ends());
    addEventListener('beforeprint', begins);
    addEventListener('afterprint', ends);
    media.addEventListener('change', look);
    return () => {
      removeEventListener('beforeprint', begins);
      removeEventListener('afterprint', ends);
      media.removeEventListener('change', look);
    };
  }, []);
  return isPrinting;
}
