import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judged, recorded } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { served } from '../kit/testing/served-for-tests.ts';
import { check } from './xxe.ts';

const contract = contractOf({
  '/import': {
    post: {
      operationId: 'importNotes',
      requestBody: {
        required: true,
        content: {
          'application/xml': {
            schema: {
              type: 'object',
              xml: { name: 'notes' },
              required: ['title'],
              properties: { title: { type: 'string' } },
            },
          },
        },
      },
      responses: { '201': { description: 'ok' } },
    },
  },
});

/** What a careless XML reader does: it knows what external and internal entities are, and opens whatever they name. */
async function expandedBy(document: string, open: (address: string) => Promise<string>): Promise<string> {
  let text = document.replace(/<!DOCTYPE[^[>]*(\[[^\]]*\])?>/, '');
  for (const [, address = ''] of document.matchAll(/<!DOCTYPE \S+ SYSTEM "([^"]*)"/g)) await open(address);
  for (const [, name = '', address = ''] of document.matchAll(/<!ENTITY (?:% )?(\S+) SYSTEM "([^"]*)"/g)) {
    const content = await open(address);
    text = text.replaceAll(`&${name};`, () => content);
  }
  return text;
}

async function answeredBy(read: (document: string) => Promise<string> | string) {
  const backend = await served(async ({ body }, response) => response.writeHead(201).end(await read(body)));
  return judged(check, await check.probe(contextOf(contract, backend)), contract);
}

describe(check.id, () => {
  it('passes a recording of a reference and fails one of a mutant', () => {
    expect(judged(check, recorded(check, 'pass')).status).toBe('passed');
    expect(judged(check, recorded(check, 'fail')).status).toBe('failed');
  });

  it('finds a reader that opens addresses and files', async () => {
    const open = async (address: string): Promise<string> =>
      address.startsWith('file:') ? readFileSync(new URL(address), 'utf8') : (await fetch(address)).text();
    const told = await answeredBy((document) => expandedBy(document, open));
    expect(told.findings.map(({ key }) => key)).toEqual(['importNotes called', 'importNotes file']);
  });

  it('finds a reader that opens files alone', async () => {
    const open = (address: string): Promise<string> =>
      Promise.resolve(address.startsWith('file:') ? readFileSync(new URL(address), 'utf8') : '');
    expect((await answeredBy((document) => expandedBy(document, open))).findings).toMatchObject([
      { key: 'importNotes file' },
    ]);
  });

  it('passes a reader that leaves entities alone, and one that refuses document types', async () => {
    expect((await answeredBy((document) => document)).status).toBe('passed');
    expect((await answeredBy((document) => (document.includes('<!DOCTYPE') ? 'refused' : 'taken'))).status).toBe(
      'passed',
    );
  });

  it('is undecided where not even an ordinary document is read', async () => {
    const refusing = (code: number, which: RegExp) =>
      served(({ body }, response) => response.writeHead(which.test(body) ? code : 201).end('{}'));
    const told = async (code: number, which: RegExp) =>
      judged(check, await check.probe(contextOf(contract, await refusing(code, which))), contract);
    expect(await told(415, /</)).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('not even an ordinary document was read: POST /import answered 415'),
    });
    expect((await told(400, /<!DOCTYPE/)).status).toBe('passed');
    expect((await told(422, /</)).status).toBe('passed');
  });

  it('takes a document that swells for a finding only when it is far slower each time', () => {
    const failing = recorded(check, 'fail');
    const [suspect] = failing.suspects;
    if (suspect === undefined) throw new Error('the recording holds none');
    const timed = (...pairs: readonly (readonly [number, number])[]) =>
      judged(check, {
        ...failing,
        suspects: [
          {
            ...suspect,
            proof: { kind: 'expansion', pairs: pairs.map(([attackMs, controlMs]) => ({ attackMs, controlMs })) },
          },
        ],
      }).status;
    expect(timed([1_400, 3], [1_500, 4], [1_300, 3])).toBe('failed');
    expect(timed([1_400, 3], [1_500, 4], [900, 3])).toBe('passed');
    expect(timed([1_400, 3], [1_500, 90], [1_300, 3])).toBe('failed');
    expect(timed([1_400, 80], [1_500, 90], [1_300, 3])).toBe('passed');
    expect(timed([1_400, 3], [1_500, 4])).toBe('passed');
  });

  it('does not apply where nothing takes XML', () => {
    const json = contractOf({ '/a': { get: { responses: { '200': { description: 'ok' } } } } });
    expect(check.applies(json, { resources: [], bindings: {}, signIn: null }, null)).toMatchObject({ applies: false });
  });
});
