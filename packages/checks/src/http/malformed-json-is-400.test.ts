import { inferShape } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { answering, failing as without, firstOf, judged, recorded, todo } from '../kit/testing/recordings-for-tests.ts';
import { contractOf } from '../kit/testing/scripted-for-tests.ts';
import { check } from './malformed-json-is-400.ts';

describe(check.id, () => {
  const passing = recorded(check, 'pass');
  const one = firstOf(passing);
  const answered = (status: number) => passing.map((each) => ({ ...each, exchange: answering(each.exchange, status) }));

  it('passes a backend that says 400', () => {
    expect(judged(check, passing)).toMatchObject({ status: 'passed', reason: '4 malformed bodies refused' });
  });

  it('tells of a server error once for one cause', () => {
    expect(judged(check, recorded(check, 'fail'))).toMatchObject({
      status: 'failed',
      reason: '1 finding',
      findings: [
        {
          severity: 'medium',
          key: 'createTodo 500',
          title: expect.stringMatching(
            /^POST \/todos answered 500 to an application\/json body with .*; the same at 2 other operations$/,
          ),
        },
      ],
    });
  });

  it('does not blame the body where the intact one gets a server error as well', () => {
    const beside = (status: number) =>
      answered(500).map((each) => ({ ...each, intact: answering(each.exchange, status) }));
    expect(judged(check, beside(201)).status).toBe('failed');
    expect(judged(check, beside(500))).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('intact body as well'),
    });
  });

  it('tells of a body that was taken for JSON, and of no answer', () => {
    expect(judged(check, answered(201)).findings).toMatchObject([{ key: `${one.operation} accepted` }]);
    const silent = [{ ...one, exchange: without(one.exchange, 'reset') }];
    expect(judged(check, silent).findings).toMatchObject([{ key: `${one.operation} no answer` }]);
  });

  it('takes it for a small matter when a parser is lenient by default', () => {
    for (const flaw of ['NaN', 'text after the value']) {
      const lenient = answered(201).map((each) => ({ ...each, flaw }));
      const key = `${one.operation} accepted ${flaw}`;
      expect(judged(check, lenient).findings).toMatchObject([{ severity: 'low', key }]);
    }
    expect(judged(check, answered(201)).findings).toMatchObject([{ severity: 'medium' }]);
  });

  // FastAPI and Rails say 422, servers in front 413 to the long one; all of them take it for the client's mistake.
  it.each([400, 404, 413, 415, 422])('takes %i for the client’s mistake', (status) => {
    expect(judged(check, answered(status)).status).toBe('passed');
  });

  it('does not mind a server error that the contract names, but for 500', () => {
    const naming = (code: string) => ({
      ...todo,
      operations: todo.operations.map((each) => ({
        ...each,
        responses: [...each.responses, { status: code, description: '', headers: [], content: [], links: [] }],
      })),
    });
    expect(judged(check, answered(501), naming('501')).status).toBe('passed');
    expect(judged(check, answered(503), naming('501')).status).toBe('failed');
    expect(judged(check, answered(500), naming('500')).status).toBe('failed');
  });

  it('does not send one where HTTP gives a body no meaning', () => {
    const content = { 'application/json': { schema: { type: 'object' } } };
    const taking = (method: string) =>
      contractOf({ '/a': { [method]: { requestBody: { content }, responses: { 200: { description: 'ok' } } } } });
    expect(check.applies(taking('get'), inferShape(taking('get')), null).applies).toBe(false);
    expect(check.applies(taking('post'), inferShape(taking('post')), null).applies).toBe(true);
  });

  it('is undecided when nothing was sent, and when every body was turned away unread', () => {
    expect(judged(check, []).status).toBe('undecided');
    expect(judged(check, answered(401))).toMatchObject({
      status: 'undecided',
      reason: expect.stringContaining('identities in assay.yaml'),
    });
    expect(judged(check, answered(429)).status).toBe('undecided');
  });
});
