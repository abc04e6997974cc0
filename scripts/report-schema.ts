/**
 * The JSON Schema (2020-12) of the report. Each object's members are keyed by the type's own, so that the compiler lists what was
 * forgotten; `scripts/generate.ts` writes it to schemas/report.schema.json.
 */
import {
  type CheckResult,
  type ContractProblem,
  type Evidence,
  type Exchange,
  type FaultNames,
  type Finding,
  type HistoryStep,
  type InterleavingLane,
  type InterleavingStep,
  type RecordedRequest,
  type RecordedResponse,
  type Report,
  reportSchemaVersion,
  severities,
  skills,
  type Skill,
  type SkillResult,
  type Stack,
  type SoapFault,
  type Statement,
  type XmlName,
} from '@assay/contract';

type Schema = Readonly<Record<string, unknown>>;
type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** An object whose members are all of T's. `optional` names exactly those that may be missing. */
function object<T>(
  properties: Readonly<Record<keyof T, Schema>>,
  ...optional: [OptionalKeys<T>] extends [never] ? [] : [Readonly<Record<OptionalKeys<T>, true>>]
): Schema {
  const missing: object = optional[0] ?? {};
  return { type: 'object', properties, required: Object.keys(properties).filter((name) => !(name in missing)) };
}

const text = (description?: string): Schema => ({
  type: 'string',
  ...(description === undefined ? {} : { description }),
});
const count: Schema = { type: 'integer', minimum: 0 };
const milliseconds = (description: string): Schema => ({
  type: 'number',
  minimum: 0,
  description: `${description}, in milliseconds`,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const nullable = (type: 'string' | 'integer' | 'number'): Schema => ({ type: [type, 'null'] });
const one = (...values: readonly unknown[]): Schema => (values.length === 1 ? { const: values[0] } : { enum: values });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const anyJson: Schema = {};
const note = text('What it shows');

type Of<Kind extends Evidence['kind']> = Extract<Evidence, { kind: Kind }>;

const evidence = {
  exchange: object<Of<'exchange'>>({ kind: one('exchange'), exchange: ref('exchange'), note }, { note: true }),
  statements: object<Of<'statements'>>(
    { kind: one('statements'), statements: list(ref('statement')), note },
    { note: true },
  ),
  log: object<Of<'log'>>({ kind: one('log'), lines: list(text()), note }, { note: true }),
  raw: object<Of<'raw'>>({ kind: one('raw'), sent: text(), received: text(), note }, { note: true }),
  value: object<Of<'value'>>(
    { kind: one('value'), label: text(), expected: anyJson, actual: anyJson, note },
    { expected: true, note: true },
  ),
  interleaving: object<Of<'interleaving'>>(
    {
      kind: one('interleaving'),
      lanes: list(object<InterleavingLane>({ name: text(), request: text('The request line') })),
      steps: list(ref('interleavingStep')),
      note,
    },
    { note: true },
  ),
  history: object<Of<'history'>>({ kind: one('history'), operations: list(ref('historyStep')), note }, { note: true }),
  plan: object<Of<'plan'>>({
    kind: one('plan'),
    title: text(),
    before: text('As EXPLAIN prints it'),
    after: text('With what is missing'),
  }),
  note: object<Of<'note'>>({ kind: one('note'), text: text() }),
} satisfies Record<Evidence['kind'], Schema>;

const definitions = {
  stack: object<Stack>({ language: text(), framework: nullable('string'), runtime: nullable('string') }),
  problem: object<ContractProblem>({
    message: text(),
    line: nullable('integer'),
    column: nullable('integer'),
    pointer: text('JSON Pointer into the document'),
  }),
  skill: object<SkillResult>({ passed: count, failed: count, undecided: count }),
  check: object<CheckResult>({
    id: { type: 'string', pattern: '^[a-z]+/[a-z0-9-]+$' },
    area: text(),
    claim: text('What holds when it passes'),
    skill: one(...skills),
    severity: one(...severities),
    status: one('passed', 'failed', 'undecided', 'not-applicable'),
    reason: text('What a pass rests on, or why it is undecided or not applicable'),
    durationMs: milliseconds('How long it took'),
    findings: list(ref('finding')),
  }),
  finding: object<Finding>(
    {
      id: { type: 'string', pattern: '^f-[0-9]+$' },
      key: text('Tells findings of one check apart'),
      fingerprint: text('The same in every run that finds the same thing: `<check>:<key>`'),
      title: text('What happened and what was expected, in one sentence'),
      detail: text('The same told to somebody who meets it for the first time; blank lines part paragraphs'),
      fix: text('What to do about it'),
      severity: one(...severities),
      operation: text('The operation of the contract that it is about'),
      names: ref('names'),
      evidence: list(ref('evidence')),
      known: { type: 'boolean', description: 'The baseline already had it, so it does not fail the run' },
      replay: text('The command that shows it again'),
    },
    { operation: true, names: true, known: true },
  ),
  names: object<FaultNames>(
    {
      cwe: { type: 'string', pattern: '^CWE-[0-9]+$' },
      owasp: text('OWASP API Security Top 10, 2023'),
      wfc: text('Web Fuzzing Commons'),
    },
    { cwe: true, owasp: true, wfc: true },
  ),
  evidence: { oneOf: Object.values(evidence) },
  historyStep: object<HistoryStep>(
    {
      client: text('Who did it'),
      call: milliseconds('Since the first call'),
      return: { type: ['number', 'null'], description: 'Milliseconds since the first call; null: no answer came' },
      text: text('What was done and what came back'),
      place: {
        type: ['integer', 'null'],
        description: 'Its place, from 1, in the longest order that is possible; null: it cannot follow',
      },
      state: text('The state after it in that order'),
    },
    { state: true },
  ),
  interleavingStep: object<InterleavingStep>(
    {
      lane: { type: ['integer', 'null'], description: 'Index into the lanes; null when it cannot be told whose it is' },
      at: milliseconds('Since the first step'),
      kind: one('sent', 'statement', 'held', 'released', 'cut', 'answered'),
      text: text('The statement, the request line, or the status of the answer'),
      parameters: list({ type: ['string', 'number', 'boolean', 'null'] }),
      result: text('What became of it'),
    },
    { parameters: true, result: true },
  ),
  exchange: object<Exchange>(
    {
      id: text(),
      operation: text(),
      check: text('The check that sent it'),
      instance: text('The instance of the backend that was asked'),
      request: object<RecordedRequest>(
        { method: text(), target: text(), headers: ref('headers'), body: ref('body') },
        { body: true },
      ),
      response: object<RecordedResponse>(
        {
          status: { type: 'integer' },
          reason: text(),
          headers: ref('headers'),
          body: ref('body'),
          fault: ref('soapFault'),
        },
        { fault: true },
      ),
      movedFrom: object<NonNullable<Exchange['movedFrom']>>({
        target: text('The same path but for a slash at its end, as the contract writes it'),
        status: { type: 'integer', description: 'What was answered there' },
      }),
      error: object<NonNullable<Exchange['error']>>({
        kind: one('refused', 'reset', 'timeout', 'protocol', 'overlong', 'too-large', 'aborted'),
        message: text(),
      }),
      startedAt: milliseconds('Since the start of the run'),
      durationMs: milliseconds('Until the whole response was read'),
    },
    { operation: true, response: true, movedFrom: true, error: true },
  ),
  headers: list({ type: 'array', prefixItems: [text(), text()], minItems: 2, maxItems: 2 }),
  body: {
    oneOf: [
      {
        type: 'object',
        properties: { text: text(), truncatedFrom: count, value: { description: 'What a SOAP envelope says' } },
        required: ['text'],
      },
      {
        type: 'object',
        properties: { base64: text('When the bytes are not UTF-8'), truncatedFrom: count },
        required: ['base64'],
      },
    ],
  },
  soapFault: object<SoapFault>({
    version: one('1.1', '1.2'),
    blames: one('client', 'server', 'version', 'must-understand', 'other'),
    code: text('As it was written: soap:Client'),
    reason: text(),
    declared: { type: 'boolean', description: 'Whether the operation declares what stands in its detail' },
    details: list(object<XmlName>({ namespace: text(), local: text() })),
    detail: anyJson,
  }),
  statement: object<Statement>(
    {
      id: count,
      connection: count,
      transaction: nullable('integer'),
      protocol: one('simple', 'extended', 'copy'),
      text: text(),
      parameters: list({ type: ['string', 'number', 'boolean', 'null'] }),
      rows: nullable('integer'),
      command: nullable('string'),
      error: object<NonNullable<Statement['error']>>({ code: text('SQLSTATE'), message: text() }),
      startedAt: milliseconds('Since the start of the run'),
      durationMs: nullable('number'),
    },
    { error: true },
  ),
} satisfies Readonly<Record<string, Schema>>;

const skillTable: Readonly<Record<Skill, Schema>> = {
  languages: ref('skill'),
  frameworks: ref('skill'),
  databases: ref('skill'),
  apis: ref('skill'),
  interview: ref('skill'),
  collaboration: ref('skill'),
};

export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A report of Assay',
  description:
    'One judgement of a backend. Later versions may add members; a change that breaks readers raises schemaVersion.',
  ...object<Report>(
    {
      schemaVersion: one(reportSchemaVersion),
      tool: object<Report['tool']>({ name: one('assay'), version: text() }),
      run: text('The id of the run, under which its record is kept'),
      seed: count,
      backend: object<Report['backend']>({ path: text(), stack: ref('stack'), sourceHash: text() }),
      contract: object<Report['contract']>({
        source: text(),
        title: text(),
        operations: count,
        problems: list(ref('problem')),
      }),
      challenge: nullable('string'),
      challengeFolder: text('The folder of a challenge that does not come with Assay'),
      startTimeoutSeconds: { type: 'integer', minimum: 1, description: 'What --start-timeout said' },
      startedAt: { type: 'string', format: 'date-time' },
      durations: object<Report['durations']>({
        build: milliseconds('Detecting, installing and compiling'),
        ready: milliseconds('Until the first instance answered'),
        checks: milliseconds('All checks'),
        total: milliseconds('The whole run'),
      }),
      sandbox: object<Report['sandbox']>({
        kind: one('bubblewrap', 'none'),
        note: text('What is and is not held back'),
      }),
      verdict: one('passed', 'failed', 'undecided'),
      reason: text('Why this verdict, in one sentence'),
      cutOff: text('Why the run did not come to its end, whatever its verdict; missing when it did'),
      skills: object<Report['skills']>(skillTable),
      checks: list(ref('check')),
      traffic: object<Report['traffic']>({ exchanges: count, statements: count }),
    },
    { challengeFolder: true, startTimeoutSeconds: true, cutOff: true },
  ),
  $defs: definitions,
};
