import { expect, it } from 'vitest';
import { historyHtml } from './history.ts';

it('draws a lane for each client, marks what cannot follow, and escapes what a backend said', () => {
  const html = historyHtml({
    kind: 'history',
    operations: [
      { client: 'A', call: 0, return: 4, text: 'write "<b>"', place: 1, state: '"<b>"' },
      { client: 'B', call: 20, return: null, text: 'read', place: null },
    ],
  });
  expect(html.match(/class="client"/g)).toHaveLength(2);
  expect(html.match(/<g class="stuck">/g)).toHaveLength(1);
  expect(html).toContain('<tr class="stuck"><td>✗</td><td>B</td>');
  expect(html).not.toContain('<b>');
});
