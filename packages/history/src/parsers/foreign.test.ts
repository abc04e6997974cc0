import { describe, expect, it } from 'vitest';
import { checkText } from '../check-text.ts';
import { EdnReader } from './edn-reader.ts';
import { formats } from './registry.ts';

describe('what Jepsen logs after the value', () => {
  it('is text, whatever it is', () => {
    const log = [
      '0\t:invoke\t:cas\t[1 2]',
      '0\t:fail\t:cas\t[1 2]\t{"errorCode":101,"message":"Compare failed"}',
      '1\t:invoke\t:write\t1',
      '1\t:info\t:write\t1\t5xx from server',
      '2\t:invoke\t:read\tnil',
      '2\t:fail\t:read\t5xx from server',
      ':nemesis\t:info\t:start\t#<Partition 0x1f [',
      '3\t:invoke\t:read\tnil',
      '3\t:fail\t:read\t:timed-out',
    ].join('\n');
    expect(formats['jepsen-log'].parse(log).map(({ process, result, error }) => [process, result, error])).toEqual([
      [0, [1, 2], '{"errorCode":101,"message":"Compare failed"}'],
      [1, 1, '5xx from server'],
      [2, null, '5xx from server'],
      [3, null, 'timed-out'],
    ]);
  });

  it('may follow any number of blanks', () => {
    const log = `x ${' '.repeat(200_000)}y\n${' '.repeat(200_000)}0\t:invoke\t:read\tnil`;
    expect(formats['jepsen-log'].parse(log)).toHaveLength(1);
  });

  it('must be a value where there was an answer', () => {
    expect(() => formats['jepsen-log'].parse('0\t:invoke\t:write\t5xx')).toThrow(
      'line 1: expected a number, found 5xx',
    );
  });
});

describe('EDN of Java objects', () => {
  it('is read', () => {
    const text = '{:process 0 :exception #object[java.lang.Object 0x6f2d "boom"] :value -0x10 :big 0xffffffffffffffff}';
    expect(new EdnReader(text).next()?.value).toEqual({
      process: 0,
      exception: ['java.lang.Object', 0x6f2d, 'boom'],
      value: -16,
      big: '18446744073709551615',
    });
  });
});

describe('JSON with the colons of keywords', () => {
  it('is read', () => {
    const events = [
      { process: ':nemesis', type: ':info', f: ':start', value: null },
      { process: 0, type: ':invoke', f: ':write', value: 1 },
      { process: 0, type: ':ok', f: ':write', value: 1 },
    ];
    expect(formats.json.parse(JSON.stringify(events))).toMatchObject([{ process: 0, f: 'write', type: 'ok' }]);
    const whole = [{ process: 0, f: ':write', value: 1, call: 0, return: 1 }];
    expect(checkText(JSON.stringify(whole), { model: 'register', from: 'json' }).verdict.status).toBe('ok');
  });
});

describe('histories of Elle', () => {
  it('may be completions alone', () => {
    const text = `[{:process 0, :type :ok, :value [[:append :x 1] [:r :y [1]]]}
      {:process 1, :type :ok, :value [[:append :x 2] [:append :y 1]]}
      {:process 2, :type :ok, :value [[:r :x [1 2]]]}]`;
    const { verdict, history } = checkText(text, { model: 'list-append', from: 'edn' });
    expect(verdict).toMatchObject({ status: 'violated', anomalies: [{ type: 'G1c' }] });
    expect(history[0]).not.toHaveProperty('call');
    expect(() => checkText(text, { model: 'multi-register', from: 'edn' })).toThrow(
      'line 1: expected an :invoke of process 0 before its :ok, found none',
    );
  });

  it('order what one process completed, and nothing where no process is named', () => {
    const text = '{:process 0 :type :ok :value [[:append :x 1]]} {:process 0 :type :ok :value [[:r :x []]]}';
    const session = { model: 'list-append', from: 'edn', level: 'strong-session-serializable' } as const;
    expect(checkText(text, session).verdict.status).toBe('violated');
    expect(checkText(text.replaceAll(':process 0 ', ''), session).verdict.status).toBe('ok');
  });

  it('count a lone :info as a transaction that may have happened, and leave out remarks', () => {
    const text = `{:process 0 :type :info :value [[:append :x 1]]} {:process 1 :type :ok :value [[:r :x [1]]]}
      {:process 2 :type :info :f :start :value "cut off"}`;
    const { verdict, history } = checkText(text, { model: 'list-append', from: 'edn' });
    expect([verdict.status, history.length]).toEqual(['ok', 2]);
  });

  it('may have functions of any name and vectors for keys', () => {
    const text =
      '{:process 0 :type :ok :f :transfer :value [[:append [1 :a] 1]]} {:process 1 :type :ok :f :look :value [[:r [1 :a] [2]]]}';
    expect(checkText(text, { model: 'list-append', from: 'edn' }).verdict).toMatchObject({
      anomalies: [{ type: 'garbage-read' }],
    });
  });

  it('are refused by the model of the other kind', () => {
    expect(() =>
      checkText('{:process 0 :type :ok :value [[:append :x 1]]}', { model: 'rw-register', from: 'edn' }),
    ).toThrow('line 1: expected write or read for a step of rw-register, found "append"');
    expect(() => checkText('{:process 0 :type :ok :value [[:w :x 1]]}', { model: 'list-append', from: 'edn' })).toThrow(
      'line 1: expected append or read for a step of list-append, found "w"',
    );
  });
});
