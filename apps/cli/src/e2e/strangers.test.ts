import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { check, root, testHome } from './run-assay.ts';
import { describeStack } from './toolchain.ts';

/**
 * Backends as somebody writes them who has never heard of Assay, each with its own document and nothing else, judged by every check.
 * They do what they should; what is found is one of the few things that are really so, each named here with why.
 */
const seed = 7;
const home = testHome();
const scratch = mkdtempSync(path.join(tmpdir(), 'assay-strangers-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
});

interface Stranger {
  readonly name: string;
  readonly stack: string;
  readonly about: string;
  /** The only findings that are true: check, title, and why it is so; and whether every run comes across it. */
  readonly true: readonly {
    readonly id: string;
    readonly title: RegExp;
    readonly why: string;
    readonly always: boolean;
  }[];
  /** Checks that have to find something to ask of it, and what they say about it is that it is well. */
  readonly passes: readonly string[];
}

const strangers: readonly Stranger[] = [
  {
    name: 'trips',
    stack: 'node',
    about: 'Node.js alone: /api, SQLite in a file, people with a JWT, UUIDs, page and size with a total',
    true: [
      {
        id: 'contract/accepts-valid',
        title: /^GET \/api\/trips\?.*page=\d{7,}.* answered 400 although the request is valid/,
        why: 'its document gives page a minimum and no maximum, and the code refuses what is above a million',
        always: false,
      },
    ],
    passes: [
      'contract/response-schema',
      'contract/rejects-invalid',
      'http/pagination-complete',
      'data/unique-under-race',
      'data/linearizable',
      'resilience/acknowledged-writes-survive-kill',
      'resilience/restart-is-idempotent',
      'security/authentication-required',
      'security/object-authorization',
      'security/token-forgery',
      'security/user-enumeration',
    ],
  },
  {
    name: 'recipes',
    stack: 'fastapi',
    about: 'FastAPI: everything in memory, numbers for ids, limit and offset, the document only at /openapi.json',
    true: [
      {
        id: 'http/malformed-json-is-400',
        title: /^P(OST|UT) \/recipes.* answered 500 to an application\/json body with NaN/,
        why: "Python's json reads NaN, the refusal repeats what it refuses, and JSON has no way to write that: the handler ends in a ValueError",
        always: true,
      },
    ],
    passes: [
      'contract/response-schema',
      'contract/rejects-invalid',
      'http/pagination-complete',
      'http/location-of-created',
      'data/delete-is-final',
      'data/round-trip',
      'security/mass-assignment',
      'performance/cost-growth',
    ],
  },
  {
    name: 'tools',
    stack: 'express',
    about: 'Express and PostgreSQL: /api/v1, numbers for ids, codes with a pattern, a cursor that nobody should read',
    true: [
      {
        id: 'http/malformed-json-is-400',
        title: /answered 20[01] to an application\/json body with bytes that are not UTF-8/,
        why: 'express.json() puts U+FFFD where bytes are no UTF-8, so another name is stored than anybody sent',
        always: true,
      },
    ],
    passes: [
      'contract/response-schema',
      'contract/rejects-invalid',
      'http/pagination-complete',
      'data/atomic-under-fault',
      'data/no-lost-update',
      'data/unique-under-race',
      'queries/indexed',
      'queries/no-n-plus-one',
      'resilience/acknowledged-writes-survive-kill',
      'resilience/recovers-from-database-restart',
      'schema/foreign-key-indexes',
      'schema/rules-in-constraints',
      'security/sql-injection',
    ],
  },
];

for (const stranger of strangers) {
  describeStack(stranger.stack)(`${stranger.name} (${stranger.about})`, () => {
    it('is told what is so, and nothing else', { timeout: 600_000 }, async () => {
      const folder = path.join(scratch, stranger.name);
      cpSync(path.join(root, 'apps/cli/fixtures/strangers', stranger.name), folder, { recursive: true });
      const { status, report } = await check([folder, '--seed', String(seed)], home);

      expect(report.challenge).toBeNull();
      const found = report.checks.flatMap(({ id, findings }) => findings.map(({ title }) => ({ id, title })));
      const untrue = found.filter(
        (each) => !stranger.true.some(({ id, title }) => id === each.id && title.test(each.title)),
      );
      expect(untrue).toEqual([]);
      const undecided = report.checks.filter((each) => each.status === 'undecided');
      expect(undecided.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
      const always = stranger.true.filter((each) => each.always).map(({ id }) => id);
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(always));
      expect([status, report.verdict]).toEqual(found.length > 0 ? [1, 'failed'] : [0, 'passed']);

      const passed = report.checks.filter((each) => each.status === 'passed').map(({ id }) => id);
      expect(passed).toEqual(expect.arrayContaining([...stranger.passes]));
    });
  });
}
