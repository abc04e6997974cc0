import { describe, expect, it } from 'vitest';
import { checkText, type CheckTextOptions } from './check-text.ts';
import { parseValue } from './parsers/value-text.ts';

function status(text: string, options: CheckTextOptions): string {
  return checkText(text, options).verdict.status;
}

/** Pairs of invocation and completion, one after the other, in EDN. */
function edn(...operations: readonly (readonly [f: string, asked: string, told: string])[]): string {
  return operations
    .map(
      ([f, asked, told]) =>
        `{:process 0 :type :invoke :f ${f} :value ${asked}} {:process 0 :type :ok :f ${f} :value ${told}}`,
    )
    .join('\n');
}

describe('a text without operations', () => {
  it('is refused, for it would prove nothing', () => {
    const events = edn([':write', '1', '1']);
    for (const [from, text] of [
      ['jepsen-log', events],
      ['jepsen-log', ''],
      ['kv-log', 'INFO  jepsen.util - 0\t:invoke\t:write\t3'],
      ['edn', '[]'],
      ['json', '[]'],
    ] as const) {
      expect(() => checkText(text, { model: 'cas-register', from })).toThrow(
        `expected operations in the format ${from} (`,
      );
    }
    expect(() => checkText('', { model: 'list-append', from: 'edn' })).toThrow('found none');
    expect(() =>
      checkText('{:process :nemesis :type :info :f :start :value nil}', { model: 'register', from: 'edn' }),
    ).toThrow('found none');
  });
});

describe('a text in which no operation is known to have happened', () => {
  it('is undecided, for it proves nothing', () => {
    const happened = { status: 'undecided', explanation: 'No operation is known to have happened' };
    const text = edn([':write', '1', '1'], [':read', 'nil', 'nil']);
    for (const type of [':fail', ':info']) {
      const { verdict } = checkText(text.replaceAll(':ok', type), { model: 'register', from: 'edn' });
      expect(verdict).toMatchObject(happened);
      const steps = edn([':txn', '[[:append :x 1]]', '[[:append :x 1]]']).replaceAll(':ok', type);
      const { verdict: transactions } = checkText(steps, { model: 'list-append', from: 'edn' });
      expect(transactions).toMatchObject({ ...happened, levels: { 'read-uncommitted': 'undecided' }, order: null });
    }
    expect(status(text, { model: 'register', from: 'edn' })).toBe('ok');
  });
});

describe('a read that completed with nil', () => {
  const text = edn([':write', '1', '1'], [':read', 'nil', 'nil']);

  it('says nothing in EDN, as Knossos has it, unless it is said to', () => {
    expect(status(text, { model: 'register', from: 'edn' })).toBe('ok');
    expect(status(text, { model: 'register', from: 'edn', nilRead: 'observation' })).toBe('violated');
  });

  it('says nothing in the same events in JSON', () => {
    const json =
      '[{"process":0,"type":"invoke","f":"write","value":1},{"process":0,"type":"ok","f":"write","value":1},{"process":0,"type":"invoke","f":"read","value":null},{"process":0,"type":"ok","f":"read","value":null}]';
    expect(status(json, { model: 'register', from: 'json' })).toBe('ok');
    expect(status(json, { model: 'register', from: 'json', nilRead: 'observation' })).toBe('violated');
  });

  it('is an observation in the logs of Jepsen, and in whole operations', () => {
    const log = ['0\t:invoke\t:write\t1', '0\t:ok\t:write\t1', '0\t:invoke\t:read\tnil', '0\t:ok\t:read\tnil'].join(
      '\n',
    );
    expect(status(log, { model: 'register', from: 'jepsen-log' })).toBe('violated');
    expect(status(log, { model: 'register', from: 'jepsen-log', nilRead: 'unknown' })).toBe('ok');
    const json =
      '[{"process":0,"f":"write","value":1,"call":0,"return":1},{"process":0,"f":"read","output":null,"call":2,"return":3}]';
    expect(status(json, { model: 'register', from: 'json' })).toBe('violated');
    expect(status(json, { model: 'register', from: 'json', nilRead: 'unknown' })).toBe('ok');
    expect(status(json.replace('"output":null,', ''), { model: 'register', from: 'json' })).toBe('ok');
  });

  it('leaves the other steps of a transaction on registers as they are', () => {
    const steps = (first: string): string =>
      edn(
        [':txn', '[[:write :x 1] [:write :y 2]]', '[[:write :x 1] [:write :y 2]]'],
        [':txn', '[[:read :x nil] [:read :y nil]]', first],
      );
    expect(status(steps('[[:read :x nil] [:read :y 2]]'), { model: 'multi-register', from: 'edn' })).toBe('ok');
    expect(status(steps('[[:read :x nil] [:read :y 3]]'), { model: 'multi-register', from: 'edn' })).toBe('violated');
    expect(status(steps('[[:read :x nil] [:read :y nil]]'), { model: 'multi-register', from: 'edn' })).toBe('ok');
  });

  it('says nothing of a set, a counter or an account either', () => {
    expect(status(edn([':add', '1', '1'], [':read', 'nil', 'nil']), { model: 'set', from: 'edn' })).toBe('ok');
    expect(status(edn([':add', '1', '1'], [':read', 'nil', 'nil']), { model: 'counter', from: 'edn' })).toBe('ok');
    expect(status(edn([':read', 'nil', 'nil']), { model: 'bank', from: 'edn' })).toBe('ok');
  });
});

describe('the state to begin with', () => {
  it('is one value in JSON or EDN', () => {
    expect(parseValue('0')).toBe(0);
    expect(parseValue('{"x": 0}')).toEqual({ x: 0 });
    expect(parseValue('{:x 0, :y 0}')).toEqual({ x: 0, y: 0 });
    expect(parseValue('{0 10, 1 10}')).toEqual({ 0: 10, 1: 10 });
    expect([parseValue('nil'), parseValue('null')]).toEqual([null, null]);
    expect(() => parseValue('')).toThrow('expected one value, in JSON or EDN');
    expect(() => parseValue('1 2')).toThrow('expected one value, in JSON or EDN');
  });

  it('makes histories possible that begin with it', () => {
    const registers = edn([':txn', '[[:read :x nil]]', '[[:read :x 0]]']);
    expect(status(registers, { model: 'multi-register', from: 'edn' })).toBe('violated');
    expect(status(registers, { model: 'multi-register', from: 'edn', initial: parseValue('{:x 0 :y 0}') })).toBe('ok');
    const accounts = edn([':read', 'nil', '{0 10, 1 10}']);
    expect(status(accounts, { model: 'bank', from: 'edn', initial: parseValue('{0 10, 1 10}') })).toBe('ok');
  });
});
