import type { CheckResult, Evidence, Exchange, Finding, Recording, Report } from '@assay/contract';
import type { Plots } from '@assay/prove';

/** What a backend may say to drive a terminal, to run in a page, to turn text around, or to be too long. */
export const hostile = {
  escape: '\u001b[2J\u001b]0;owned\u0007\u009b31m',
  html: '</script><script>window.owned = 1</script><img src=x onerror="window.owned = 1"><b id="bold">bold</b>',
  comment: '<!-- <script> -->',
  turned: 'user\u202egnp.exe',
  half: 'half \ud83d pair',
  long: 'x'.repeat(1_500_000),
} as const;

const nasty = `${hostile.escape} ${hostile.html} ${hostile.comment} ${hostile.turned} ${hostile.half}`;

export function exchange(number: number): Exchange {
  const isBad = number === 1;
  return {
    id: `e-${number}`,
    operation: number % 2 === 0 ? 'listTodos' : 'createTodo',
    check: 'contract/response-schema',
    instance: 'i-1',
    request: {
      method: number % 2 === 0 ? 'GET' : 'POST',
      target: isBad ? `/todos?q=${nasty}` : `/todos?page=${number}`,
      headers: [['accept', isBad ? nasty : 'application/json']],
      ...(number % 2 === 0 ? {} : { body: { text: isBad ? nasty : `{"title":"number-${number}"}` } }),
    },
    ...(number === 3
      ? { error: { kind: 'reset' as const, message: nasty } }
      : {
          response: {
            status: number % 50 === 0 ? 500 : 200,
            reason: isBad ? nasty : 'OK',
            headers: [['content-type', 'application/json'] as const],
            body: isBad ? { text: `${nasty}${hostile.long}` } : { text: `[{"id":${number}}]` },
          },
        }),
    startedAt: number * 7,
    durationMs: 1 + (number % 40),
  };
}

/** One piece of each kind, with what a backend may say wherever it can say something. */
const evidence: readonly Evidence[] = [
  { kind: 'exchange', exchange: exchange(1), note: nasty },
  {
    kind: 'exchange',
    exchange: { ...exchange(5), response: { status: 200, reason: 'OK', headers: [], body: { base64: '/w==' } } },
  },
  {
    kind: 'statements',
    statements: [statement(1, 1, 'BEGIN'), statement(2, 1, `SELECT '${nasty}'`), statement(3, null, 'SELECT 1')],
  },
  { kind: 'log', lines: [nasty, hostile.long] },
  { kind: 'raw', sent: nasty, received: '' },
  { kind: 'value', label: nasty, expected: ['a'], actual: { [nasty]: nasty } },
  {
    kind: 'interleaving',
    lanes: [
      { name: 'A', request: `PATCH /todos/7 ${nasty}` },
      { name: 'B', request: 'PATCH /todos/7' },
    ],
    steps: [
      { lane: 0, at: 0, kind: 'sent', text: 'PATCH /todos/7' },
      { lane: 1, at: 0.4, kind: 'sent', text: 'PATCH /todos/7' },
      {
        lane: 0,
        at: 1.2,
        kind: 'statement',
        text: 'SELECT count FROM todos WHERE id = $1',
        parameters: ['7'],
        result: '1 row',
      },
      {
        lane: 0,
        at: 2,
        kind: 'held',
        text: 'UPDATE todos SET count = $1 WHERE id = $2',
        parameters: [nasty, 7],
        result: nasty,
      },
      {
        lane: 1,
        at: 3,
        kind: 'statement',
        text: 'UPDATE todos SET count = $1 WHERE id = $2',
        parameters: [1, 7],
        result: '1 row',
      },
      { lane: 1, at: 4, kind: 'answered', text: '200 OK' },
      { lane: 0, at: 5, kind: 'released', text: 'UPDATE todos SET count = $1 WHERE id = $2', result: '1 row' },
      { lane: null, at: 6, kind: 'cut', text: 'COMMIT' },
      { lane: 0, at: 7, kind: 'answered', text: '200 OK' },
    ],
    note: 'time runs downwards',
  },
  {
    kind: 'history',
    operations: [
      { client: 'A', call: 0, return: 9, text: 'write 1 to x', place: 1, state: 'x = 1' },
      { client: 'B', call: 4, return: 15, text: 'write 2 to x', place: 2, state: 'x = 2' },
      { client: 'C', call: 16, return: 22, text: `read x: 1 ${nasty}`, place: null },
      { client: 'A', call: 12, return: null, text: 'write 3 to x', place: null },
    ],
  },
  {
    kind: 'plan',
    title: 'SELECT * FROM todos WHERE owner = ? — without and with an index on todos (owner)',
    before: 'Seq Scan on todos  (cost=0.00..570.00 rows=1 width=59)\n  Filter: (owner = 7)',
    after: 'Index Scan using candidate on todos  (cost=0.29..8.30 rows=1 width=59)',
  },
  { kind: 'note', text: nasty },
];

/** What would fill memory once it is indented, and a kind of evidence of a later version. */
const strange: readonly Evidence[] = [
  {
    kind: 'exchange',
    exchange: {
      ...exchange(5),
      response: { status: 200, reason: 'OK', headers: [], body: { text: '['.repeat(16_500) + ']'.repeat(16_500) } },
    },
  },
  JSON.parse('{"kind":"of-later","words":"kept as they were"}') as Evidence,
];

function statement(id: number, transaction: number | null, text: string): Recording['statements'][number] {
  return {
    id,
    connection: 1,
    transaction,
    protocol: 'extended',
    text,
    parameters: [nasty, 7, null],
    rows: id,
    command: 'SELECT',
    startedAt: id,
    durationMs: 0.4,
    instance: 'i-1',
    exchange: 'e-2',
  };
}

export function run(exchanges: number): {
  readonly report: Report;
  readonly recording: Recording;
  readonly plots: Plots;
} {
  const finding = (number: number, title: string, pieces: readonly Evidence[]): Finding => ({
    id: `f-${number}`,
    key: String(number),
    fingerprint: `queries/no-n-plus-one:${number}`,
    title,
    detail: `The first paragraph, with \`code\`.\n\nThe second: ${nasty}`,
    fix: `Do it otherwise. ${nasty}`,
    severity: number === 1 ? 'critical' : 'low',
    operation: 'listTodos',
    names: { cwe: 'CWE-1073', owasp: 'API4:2023', wfc: 'F200' },
    evidence: pieces,
    replay: `assay replay f-${number}`,
  });
  const check = (id: string, status: CheckResult['status'], findings: readonly Finding[]): CheckResult => ({
    id,
    area: id.split('/')[0] ?? '',
    claim: `What ${id} claims`,
    skill: id.startsWith('queries') ? 'databases' : 'apis',
    severity: 'high',
    status,
    reason: status === 'failed' ? '' : `Because of ${nasty}`,
    durationMs: 12,
    findings,
  });
  const { length } = evidence;
  return {
    report: {
      schemaVersion: 1,
      tool: { name: 'assay', version: '0.1.0' },
      run: '20261122-000000-abcdef',
      seed: 7,
      backend: {
        path: `/home/${nasty}/todo`,
        stack: { language: 'JavaScript', framework: 'Express', runtime: 'Node.js 24' },
        sourceHash: 'abc',
      },
      contract: {
        source: 'openapi.yaml',
        title: nasty,
        operations: 2,
        problems: [{ message: nasty, line: 3, column: 1, pointer: '' }],
      },
      challenge: null,
      startedAt: '2026-11-22T00:00:00.000Z',
      durations: { build: 900, ready: 300, checks: 60_000, total: 61_200 },
      sandbox: { kind: 'none', note: nasty },
      verdict: 'failed',
      reason: '1 check failed with 2 findings.',
      skills: {
        languages: { passed: 0, failed: 0, undecided: 0 },
        frameworks: { passed: 0, failed: 0, undecided: 0 },
        databases: { passed: 0, failed: 1, undecided: 0 },
        apis: { passed: 1, failed: 0, undecided: 1 },
        interview: { passed: 0, failed: 0, undecided: 0 },
        collaboration: { passed: 0, failed: 0, undecided: 0 },
      },
      checks: [
        check('queries/no-n-plus-one', 'failed', [
          finding(1, `A finding with all ${length} kinds ${nasty}`, evidence),
          finding(2, 'A finding without evidence', []),
          finding(3, 'A finding with strange evidence', strange),
        ]),
        check('contract/response-schema', 'passed', []),
        check('http/charset', 'undecided', []),
        check('soap/faults', 'not-applicable', []),
      ],
      traffic: { exchanges, statements: 3 },
    },
    recording: {
      exchanges: Array.from({ length: exchanges }, (_, index) => exchange(index + 1)),
      statements: [
        statement(1, 1, 'BEGIN'),
        statement(2, 1, `SELECT '${nasty}' AS only_in_sql`),
        statement(3, 1, 'COMMIT'),
      ],
      leftOut: { 'e-2': 40 },
      usage: [],
    },
    plots: {
      latency: [
        {
          operation: null,
          requests: 6,
          p50: 2,
          p95: 8,
          p99: 9,
          slowest: 9,
          bounds: [1, 2, 4, 8],
          counts: [1, 2, 2, 1],
        },
        {
          operation: nasty,
          requests: 3,
          p50: 2,
          p95: 8,
          p99: 9,
          slowest: 9,
          bounds: [1, 2, 4, 8],
          counts: [1, 1, 0, 1],
        },
      ],
      timeline: [0, 1, 2, 3].map((each) => ({
        at: each * 1000,
        requests: each,
        failed: each === 3 ? 1 : 0,
        statements: each * 2,
        perSecond: each,
        p50: each === 0 ? null : each,
        p95: each === 0 ? null : each * 3,
      })),
      statementsPerRequest: [{ operation: nasty, requests: 3, least: 1, median: 2, most: 9, worst: 'e-2' }],
      usage: [0, 1, 2, 3].map((at) => ({ at: at * 1000, cpu: at / 4, rssBytes: 90_000_000 + at * 1_000_000 })),
      growth: [
        {
          operation: 'listTodos',
          kind: 'page',
          over: 'rows',
          points: [16, 64, 256].map((size) => ({ size, statements: size, rowsRead: size * 2, ms: size / 8 })),
          fit: {
            statements: { factor: 1, exponent: 1 },
            rowsRead: { factor: 2, exponent: 1 },
            ms: { factor: 0.125, exponent: 1 },
          },
        },
      ],
      memory: [1, 2, 3].map((each) => ({ requests: each * 400, bytes: 90_000_000 + each * 100_000 })),
    },
  };
}
