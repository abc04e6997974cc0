import { describe, expect, it } from 'vitest';
import { checkLinearizable } from '../linearizability/check.ts';
import { register } from '../models/register.ts';
import type { CasRegisterInput } from '../models/register-input.ts';
import type { Operation } from '../operation.ts';
import { checkSerializable } from '../serializability/check.ts';
import type { Value } from '../value.ts';
import { layOut } from './layout.ts';
import { timelineHtml } from './timeline.ts';
import { transactionsHtml } from './transactions.ts';

const write = (process: string, value: Value, call: number): Operation<CasRegisterInput, Value> => ({
  process,
  input: { f: 'write', value },
  call,
  return: call + 1,
  outcome: 'ok',
});
const read = (process: string, output: Value, call: number): Operation<CasRegisterInput, Value> => ({
  process,
  input: { f: 'read' },
  output,
  call,
  return: call + 1,
  outcome: 'ok',
});

function html(history: readonly Operation<CasRegisterInput, Value>[], most?: number): string {
  return timelineHtml(checkLinearizable(register(), history), history, {
    model: register(),
    title: 'A <title>',
    ...(most === undefined ? {} : { most }),
  });
}

describe('timelineHtml', () => {
  it('marks what cannot be ordered and numbers what can', () => {
    const page = html([
      write('a', 1, 0),
      write('b', 2, 2),
      read('c', 1, 4),
      { ...write('d', 9, 0), outcome: 'unknown' },
    ]);
    expect(page).toContain('class="bar stuck"');
    expect(page.match(/class="bar ordered"/g)).toHaveLength(2);
    expect(page).toContain('class="bar unknown"');
    expect(page).toContain('>1. write 1<');
    expect(page).toContain('The value 1 was seen after it had been overwritten.');
    expect(page).toContain('read 1 (process c, called at 4, returned at 5)');
    expect(page).toContain('write 2 (process b): then 2');
  });

  it('escapes everything and refers to nothing outside', () => {
    const page = html([
      write('<b>"\'&\u0000', '</svg><script>alert(1)</script>', 0),
      read('<b>"\'&\u0000', '<img>', 4),
    ]);
    expect(page).not.toMatch(/<script|<img|<b>/);
    expect(page).not.toMatch(/(?:src|href)=|url\(|@import/);
    expect(page).toContain('&lt;b&gt;&quot;&#39;&amp;\u{FFFD}');
    expect(page).toContain('A &lt;title&gt;');
    expect(page).not.toContain('\u0000');
  });

  it('serves dark and light, and small screens', () => {
    const page = html([write('a', 1, 0)]);
    expect(page).toContain('prefers-color-scheme:dark');
    expect(page).toContain('name="viewport"');
    expect(page).toContain('overflow-x:auto');
  });

  it('stays small for a large history and keeps the witness', () => {
    const noise = Array.from({ length: 5000 }, (_, i) => write(`p${i % 50}`, 10 + i, i * 2));
    const page = html([...noise, write('x', 1, 20_000), write('y', 2, 20_002), read('z', 1, 20_004)], 40);
    expect(page.match(/<rect/g)?.length).toBeLessThanOrEqual(40);
    expect(page).toContain('class="bar stuck"');
    expect(page.length).toBeLessThan(60_000);
    expect(page).toContain('other operations are not shown');
  });

  it('stays small where very many operations are marked', () => {
    const history = Array.from({ length: 130_000 }, (_, i) => write('a', i, 2 * i));
    const witness = { partition: '', operations: history, order: [], stuck: [], explanation: 'So', minimal: false };
    const page = timelineHtml({ status: 'violated', operations: 130_000, partitions: 1, witness }, history);
    expect(page.match(/<rect/g)?.length).toBeLessThanOrEqual(120);
  });

  it('leaves out the beginning of a long order, never what cannot follow it', () => {
    const history = Array.from({ length: 200 }, (_, i) => write('a', i, 2 * i));
    const witness = {
      partition: '',
      operations: history,
      order: history.slice(0, -1).map((operation) => ({ operation, state: '' })),
      stuck: history.slice(-1),
      explanation: 'So',
      minimal: false,
    };
    const page = timelineHtml({ status: 'violated', operations: 200, partitions: 1, witness }, history);
    expect(page.match(/class="bar stuck"/g)).toHaveLength(1);
    const places = Array.from(page.matchAll(/>(\d+)[.…]/g), ([, place]) => Number(place));
    expect(places).toEqual(Array.from({ length: 119 }, (_, i) => 81 + i));
  });

  it('shows valid, undecided and empty histories too', () => {
    expect(html([write('a', 1, 0)])).toContain('1 operations in 1 partition can be put in order.');
    expect(html([])).not.toContain('<svg');
    const history = [write('a', 1, 0), { ...read('a', 1, 2), outcome: 'ok' as const }];
    expect(timelineHtml(checkLinearizable(register(), history, { deadline: () => true }), history)).toContain(
      'undecided',
    );
  });
});

describe('layOut', () => {
  it('gives overlapping operations of one process rows of their own, next to each other', () => {
    const bar = (process: string, call: number, end: number | null) =>
      ({ process, label: '', detail: '', call, return: end, mark: 'plain', place: null }) as const;
    const layout = layOut([bar('10', 0, 5), bar('2', 1, 2), bar('2', 1.5, 9), bar('2', 3, null)]);
    expect(layout.rows).toEqual(['2', '2', '10']);
    expect(layout.bars.map((each) => [each.row, each.from, each.to])).toEqual([
      [2, 0, 5],
      [0, 1, 3],
      [1, 2, 6],
      [0, 4, 8],
    ]);
  });
});

describe('transactionsHtml', () => {
  it('shows the cycle step by step', () => {
    const history = [
      {
        process: 0,
        operations: [
          { f: 'append', key: 'x', value: 1 },
          { f: 'read', key: 'y', value: [1] },
        ],
        outcome: 'ok',
      },
      {
        process: 1,
        operations: [
          { f: 'append', key: 'y', value: 1 },
          { f: 'read', key: 'x', value: [1] },
        ],
        outcome: 'ok',
      },
    ] as const;
    const page = transactionsHtml(checkSerializable(history, { kind: 'list-append' }), history);
    expect(page).toContain('G1c, step by step');
    expect(page).toContain('T0 before T1 (wr): T1 read 1 in x, which T0 had appended');
    expect(page.match(/class="bar stuck"/g)).toHaveLength(2);
  });
});
