import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { StatusBar } from './status-bar.tsx';

it('says in words what does not hold: the colours of the bar are not for everybody', () => {
  const words = (passed: number, failed: number, undecided: number): string =>
    renderToStaticMarkup(<StatusBar result={{ passed, failed, undecided }} />)
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
  expect([words(12, 2, 1), words(3, 0, 2), words(4, 0, 0)]).toEqual([
    '12 of 15 hold 2 failed, 1 undecided',
    '3 of 5 hold 2 undecided',
    '4 of 4 hold',
  ]);
});
