import { describe, expect, it } from 'vitest';
import { todo } from '../testing/recordings-for-tests.ts';
import { type Answer, contextOf, scripted } from '../testing/scripted-for-tests.ts';
import { loadRequests } from './requests.ts';

/** What is sent under load, as request lines, to a backend that makes todos and answers everything else with this. */
async function linesOf(answer: (line: string) => Answer) {
  let made = 0;
  const backend = scripted((line) => {
    if (line !== 'POST /todos') return answer(line);
    made += 1;
    return [201, { id: made }, { location: `/todos/${made}` }];
  });
  const { requests, trouble } = await loadRequests(contextOf(todo, backend), backend);
  return { lines: requests.map(({ spec }) => `${spec.method} ${spec.target}`), trouble };
}

describe('loadRequests', () => {
  it('updates another thing than the one that is read', async () => {
    const { lines, trouble } = await linesOf(() => [200, {}]);
    expect(trouble).toBeNull();
    expect(lines).toEqual(['GET /todos', 'GET /todos/1', 'PATCH /todos/2', 'GET /tags']);
  });

  it('leaves out what is a success only once', async () => {
    const asked = new Set<string>();
    const { lines, trouble } = await linesOf((line) => {
      const isAgain = asked.has(line);
      asked.add(line);
      return line.startsWith('PATCH') && isAgain ? [409] : [200, {}];
    });
    expect(trouble).toContain('409');
    expect(lines).toEqual(['GET /todos', 'GET /todos/1', 'GET /tags']);
  });

  it('leaves out a read that an update is in the way of', async () => {
    let isChanged = false;
    const { lines, trouble } = await linesOf((line) => {
      isChanged ||= line.startsWith('PATCH');
      return isChanged && line === 'GET /todos' ? [500] : [200, {}];
    });
    expect(trouble).toContain('500');
    expect(lines).toEqual(['GET /todos/1', 'PATCH /todos/2', 'GET /tags']);
  });
});
