import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkText } from '../check-text.ts';
import { HistoryError } from '../history-error.ts';
import type { Value } from '../value.ts';
import { EdnReader } from './edn-reader.ts';
import { formats, type FormatName } from './registry.ts';

function edn(text: string): Value | undefined {
  return new EdnReader(text).next()?.value;
}

function refusal(from: FormatName, text: string): string {
  try {
    formats[from].parse(text);
  } catch (error) {
    if (error instanceof HistoryError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('EDN', () => {
  it('reads what histories hold', () => {
    expect(edn('{:process 0, :type :invoke, :f :cas, :value [1 nil] ; remark\n :error #{"a\\n\\u0041"}}')).toEqual({
      process: 0,
      type: 'invoke',
      f: 'cas',
      value: [1, null],
      error: ['a\nA'],
    });
    expect(edn('#jepsen.history.Op{:index 1 :time -12N :x 1.5M :y \\a :z #inst "2020"}')).toEqual({
      index: 1,
      time: -12,
      x: 1.5,
      y: 'a',
      z: '2020',
    });
    expect(edn('#{3 "b" 1 #{2 1}}')).toEqual(edn('#{#{1 2} 1 "b" 3}'));
    expect(edn('(true #_ignored false sym 9007199254740993 ##Inf {1 2, [3] 4})')).toEqual([
      true,
      false,
      'sym',
      '9007199254740993',
      'Inf',
      { 1: 2, '[3]': 4 },
    ]);
  });

  it('says the line of what is wrong', () => {
    expect(() => new EdnReader('[1\n2').items()).toThrow(
      'line 2: expected ] to close what line 1 opened, found the end of the text',
    );
    expect(() => new EdnReader('\n\n{:a}').next()).toThrow(
      'line 3: expected a value for each key of the map, found a key without one',
    );
    expect(() => new EdnReader('[1]\n[2]').items()).toThrow(
      'line 2: expected the end of the text after the closing ], found [',
    );
    expect(() => new EdnReader('"a').next()).toThrow('to close the text that line 1 opened');
    expect(() => new EdnReader('"\\q"').next()).toThrow('an escape that EDN knows');
    expect(() => new EdnReader('12ab').next()).toThrow('line 1: expected a number, found 12ab');
    for (const nested of ['[', '#a ', '#_ '])
      expect(() => new EdnReader(nested.repeat(200_000)).items()).toThrow('at most 500 nested forms');
    expect(() => formats.json.parse('['.repeat(6000))).toThrow('line 1: expected at most 500 nested values');
  });

  it('never fails but with a line, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '(',
            ')',
            '#',
            '"',
            '\\',
            ':a',
            ' ',
            '\n',
            '1',
            '_',
            ';',
            'nil',
            '^',
            "'",
          ),
          { maxLength: 12 },
        ),
        (parts) => {
          try {
            new EdnReader(parts.join('')).items();
          } catch (error) {
            expect(error).toBeInstanceOf(HistoryError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('jepsen-log', () => {
  const log = [
    '2016-01-01 12:00:00 INFO  jepsen.core - Running test',
    'INFO  jepsen.util - 0\t:invoke\t:write\t3',
    'INFO  jepsen.util - 1\t:invoke\t:cas\t[3 4]',
    'INFO  jepsen.util - 0\t:ok\t:write\t3',
    'INFO  jepsen.util - 1\t:fail\t:cas\t[3 4]',
    'INFO  jepsen.util - :nemesis\t:info\t:start\t"cut off"',
    'INFO  jepsen.util - 2\t:invoke\t:read\tnil',
    'INFO  jepsen.util - 2\t:fail\t:read\t:timed-out',
    'INFO  jepsen.util - 3\t:invoke\t:write\t4',
    'INFO  jepsen.util - 3\t:info\t:write\t:timed-out',
    '2020-02-02 10:00:00,001{GMT}\tINFO\t[worker 4] jepsen.util: 4\t:invoke\t:read\tnil',
    '2020-02-02 10:00:00,002{GMT}\tINFO\t[worker 4] jepsen.util: 4\t:ok\t:read\t4',
  ];

  it('reads operations between other lines', () => {
    expect(
      formats['jepsen-log']
        .parse(log.join('\n'))
        .map(({ line, process, f, value, result, type, call, return: end }) => [
          line,
          process,
          f,
          value,
          result,
          type,
          call,
          end,
        ]),
    ).toEqual([
      [2, 0, 'write', 3, 3, 'ok', 1, 3],
      [3, 1, 'cas', [3, 4], [3, 4], 'fail', 2, 4],
      [7, 2, 'read', null, null, 'fail', 6, 7],
      [9, 3, 'write', 4, null, 'info', 8, 9],
      [11, 4, 'read', null, 4, 'ok', 10, 11],
    ]);
  });

  it('takes a refused compare-and-set for an observation, and a failed read for nothing', () => {
    expect(checkText(log.join('\n'), { model: 'cas-register', from: 'jepsen-log' }).verdict.status).toBe('ok');
    const late = log
      .map((line) => line.replace('1\t:invoke\t:cas', '1\t:invoke\t:cas'))
      .filter((line) => !line.includes('1\t:invoke'));
    late.splice(3, 0, 'INFO  jepsen.util - 1\t:invoke\t:cas\t[3 4]');
    expect(checkText(late.join('\n'), { model: 'cas-register', from: 'jepsen-log' }).verdict.status).toBe('violated');
    expect(
      checkText(late.join('\n'), { model: 'cas-register', from: 'jepsen-log', failedCas: 'nothing-happened' }).verdict
        .status,
    ).toBe('ok');
  });

  it('says the line of what is wrong', () => {
    expect(() =>
      checkText('x\nINFO  jepsen.util - 0\t:ok\t:write\t3', { model: 'register', from: 'jepsen-log' }),
    ).toThrow('line 2: expected an :invoke of process 0 before its :ok, found none');
    expect(
      refusal('jepsen-log', 'INFO  jepsen.util - 0\t:invoke\t:read\tnil\nINFO  jepsen.util - 0\t:invoke\t:write\t3'),
    ).toBe('line 2: expected process 0 to complete :read of line 1 first, found another :invoke, of :write');
    expect(
      refusal('jepsen-log', 'INFO  jepsen.util - 0\t:invoke\t:read\tnil\nINFO  jepsen.util - 0\t:ok\t:write\t3'),
    ).toBe('line 2: expected process 0 to complete :read of line 1, found :write');
    expect(refusal('jepsen-log', 'INFO  jepsen.util - zero\t:invoke\t:read\tnil')).toContain(
      'line 1: expected process, :type, :function and value',
    );
    expect(refusal('jepsen-log', 'INFO  jepsen.util - 0\t:invoke\t:cas\t[3 4')).toContain('line 1: expected ]');
  });
});

describe('edn histories', () => {
  it('reads vectors, lists and bare maps alike', () => {
    const events =
      '{:process 0 :type :invoke :f :read :value nil}\n{:process 0 :type :ok :f :read :value 3, :extra {:ignored true}}';
    const read = formats.edn.parse(events);
    expect(read).toMatchObject([{ process: 0, f: 'read', result: 3, type: 'ok', line: 1, call: 0, return: 1 }]);
    expect(formats.edn.parse(`[${events}]`)).toEqual(read);
    expect(formats.edn.parse(`(${events})`)).toEqual(read);
  });

  it('leaves out failed compare-and-sets, as Knossos does', () => {
    const text = `{:process 0 :type :invoke :f :cas :value [0 1]} {:process 0 :type :fail :f :cas :value [0 1]}
      {:process 0 :type :invoke :f :read :value nil} {:process 0 :type :ok :f :read :value 0}`;
    expect(checkText(text, { model: 'cas-register', from: 'edn', initial: 0 }).verdict.status).toBe('ok');
    expect(
      checkText(text, { model: 'cas-register', from: 'edn', initial: 0, failedCas: 'observation' }).verdict.status,
    ).toBe('violated');
  });

  it('says the line of what is wrong', () => {
    expect(refusal('edn', '[{:process 0 :type :invoke :f :read}\n {:process 0 :type :done :f :read}]')).toBe(
      'line 2: expected invoke, ok, fail or info for type, found "done"',
    );
    expect(refusal('edn', '[1]')).toBe('line 1: expected a map with type, f and value, found 1');
    expect(refusal('edn', '{:process 0 :f :read}')).toBe('line 1: expected a map with type, found only process, f');
    expect(refusal('edn', '{:process [] :type :ok :f :read}')).toBe(
      'line 1: expected a number or a name for process, found []',
    );
  });

  it('reads the keys of independent histories', () => {
    const text =
      '{:process 0 :type :invoke :f :write :value [1 5]} {:process 0 :type :ok :f :write :value [1 5]} {:process 1 :type :invoke :f :read :value [2 nil]} {:process 1 :type :ok :f :read :value [2 5]}';
    const { verdict } = checkText(text, { model: 'register', from: 'edn', partition: 'key' });
    expect(verdict).toMatchObject({ status: 'violated', witness: { partition: '2' } });
  });

  it('reads transactions', () => {
    const text = `{:index 0 :type :invoke :value [[:append 1 1] [:r 2 nil]]} {:index 1 :type :ok :value [[:append 1 1] [:r 2 [9]]]}
      {:process 3 :type :invoke :f :txn :value [[:append 2 9] [:r 1 nil]]} {:process 3 :type :ok :f :txn :value [[:append 2 9] [:r 1 [1]]]}`;
    expect(checkText(text, { model: 'list-append', from: 'edn' }).verdict).toMatchObject({
      status: 'violated',
      anomalies: [{ type: 'G1c' }],
    });
  });
});

describe('kv-log', () => {
  it('reads keys', () => {
    const text =
      '{:process 0, :type :invoke, :f :put, :key "x", :value "a"}\n{:process 1, :type :invoke, :f :get, :key "x", :value nil}\n{:process 1, :type :ok, :f :get, :key "x", :value "a"}\n\n{:process 0, :type :ok, :f :put, :key "x", :value "a"}\n';
    expect(checkText(text, { model: 'key-value', from: 'kv-log' }).verdict.status).toBe('ok');
    expect(refusal('kv-log', '\n{:process 0, :type :invoke, :f :get}')).toBe('line 2: expected a :key, found none');
    expect(refusal('kv-log', '{:process 0, :type :invoke')).toContain('line 1: expected }');
    const get = '{:process 0, :type :invoke, :f :get, :key "x"}';
    expect(refusal('kv-log', `\n[${get} {:process 0, :type :ok}]`)).toContain('line 2: expected one map on each line');
    expect(refusal('kv-log', `[${get}] ; the end`)).toBe('accepted');
  });
});

describe('json', () => {
  const events = [
    { process: 'a', type: 'invoke', f: 'write', value: 1 },
    { process: 'a', type: 'ok', f: 'write', value: 1, extra: 'ignored' },
  ];

  it('reads one array and ndjson alike', () => {
    const rows = events.map((event) => JSON.stringify(event));
    const expected = [{ process: 'a', f: 'write', type: 'ok', call: 0, return: 1, line: 1 }];
    expect(formats.json.parse(rows.join('\n'))).toMatchObject(expected);
    expect(formats.json.parse(`[${rows.join(',')}]`)).toMatchObject(expected);
    expect(formats.json.parse(JSON.stringify(events, null, 2))).toMatchObject([{ ...expected[0], line: 2 }]);
  });

  it('takes times where all have them', () => {
    const timed = events.map((event, i) => ({ ...event, time: 100 + i * 7 }));
    expect(formats.json.parse(JSON.stringify(timed))).toMatchObject([{ call: 100, return: 107 }]);
    expect(formats.json.parse(JSON.stringify(timed.toReversed()))).toMatchObject([{ call: 100, return: 107 }]);
  });

  it('reads whole operations', () => {
    const whole = [
      { process: 1, f: 'read', output: 4, call: 1.5, return: 2 },
      { process: 2, f: 'write', value: 4, call: 0, outcome: 'unknown' },
    ];
    expect(formats.json.parse(JSON.stringify(whole))).toMatchObject([
      { f: 'read', result: 4, type: 'ok', call: 1.5, return: 2 },
      { f: 'write', type: 'info', return: null },
    ]);
    expect(checkText(JSON.stringify(whole), { model: 'register', from: 'json' }).verdict.status).toBe('ok');
  });

  it('says the line of what is wrong', () => {
    expect(
      refusal('json', '[\n{"process":0,"type":"invoke","f":"read"},\n{"process":0,\n"type":"ok" "f":"read"}]'),
    ).toMatch(/^line 4: expected JSON/);
    expect(refusal('json', '[{"process":0}')).toContain('line 1: expected ] to close the array');
    expect(refusal('json', '{"process":0,')).toBe('line 1: expected a value that is closed, found the end of the text');
    expect(refusal('json', '[]\n[]')).toContain('line 1: expected the end of the text after ]');
    expect(refusal('json', '[{"f":"read","call":1,"return":"late"}]')).toBe(
      'line 1: expected a number for return, found "late"',
    );
    expect(refusal('json', '[{"f":"read","call":1,"return":2,"outcome":"perhaps"}]')).toContain(
      'ok, failed or unknown for outcome',
    );
  });

  it('never fails but with a line, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', ' ', '\n', '1', 'null', '"f"', '"call"'), {
          maxLength: 12,
        }),
        (parts) => {
          try {
            formats.json.parse(parts.join(''));
          } catch (error) {
            expect(error).toBeInstanceOf(HistoryError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('what a model cannot read', () => {
  it('is refused with the line', () => {
    const text = '\n{:process 0 :type :invoke :f :push :value 1}';
    expect(() => checkText(text, { model: 'register', from: 'edn' })).toThrow(
      'line 2: expected read or write for the model register, found push',
    );
    expect(() => checkText(text, { model: 'list-append', from: 'edn' })).toThrow(
      'line 2: expected txn for the model of transactions, found push',
    );
    expect(() =>
      checkText('{:process 0 :type :invoke :f :cas :value 1}', { model: 'cas-register', from: 'edn' }),
    ).toThrow('line 1: expected two values for cas, found 1');
    expect(() => checkText('{:process 0 :type :invoke :f :get :value 1}', { model: 'key-value', from: 'edn' })).toThrow(
      'line 1: expected a key for get, found nil',
    );
    expect(() => checkText('', { model: 'queue', from: 'edn', initial: [] })).toThrow(
      'expected no initial state, because queue always begins empty, found []',
    );
  });
});
