import { useEffect, useRef } from 'react';
import type { Answer } from '../../../client/practice.ts';

/** Tells an answer when it changes; also the one that stands there at first, such as the draft that a reload brought back. */
export function useTold(answer: Answer, onChange: (answer: Answer) => void): void {
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => tell.current(answer), [answer]);
}
