import { describe, expect, it } from 'vitest';
import { operationOf } from '../requests/cases.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { sharedPath } from './whereabouts.ts';

const responses = { 200: { description: 'ok' } };
const contract = contractOf({
  '/projects/{id}/reports': { post: { operationId: 'makeReport', responses } },
  '/projects/{projectId}/reports/{reportId}': { get: { operationId: 'getReport', responses } },
  '/reports/{reportId}': { get: { operationId: 'getAnyReport', responses } },
  '/things/{thing}': { put: { operationId: 'putThing', responses }, get: { operationId: 'getThing', responses } },
});
const between = (make: string, target: string, other: string) =>
  sharedPath(operationOf(contract, make), target, operationOf(contract, other));

describe('sharedPath', () => {
  it('finds a thing where it was made, whatever the parameter is called', () => {
    expect(between('makeReport', '/projects/6/reports?x=1', 'getReport')).toEqual({ 'path:projectId': '6' });
    expect(between('makeReport', '/projects/a%20b/reports', 'getReport')).toEqual({ 'path:projectId': 'a b' });
  });

  it('says nothing of paths that read otherwise', () => {
    expect(between('makeReport', '/projects/6/reports', 'getAnyReport')).toEqual({});
  });

  it('knows an id that the client chose', () => {
    expect(between('putThing', '/things/mine', 'getThing')).toEqual({ 'path:thing': 'mine' });
  });
});
