import { describe, expect, test } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { forbidsOthers, isPersonal } from './ownership.ts';

function operation(path: string, summary: string, responses: object) {
  const [found] = contractOf({ [path]: { get: { summary, responses: responses as never } } }).operations;
  if (found === undefined) throw new Error('no operation was read');
  return found;
}

describe('forbidsOthers', () => {
  test.each([
    ['Change one’s own article.', { '403': { description: 'no' } }, true],
    ['Change an article.', { '403': { description: 'Only the author may.' } }, true],
    ['Change an article.', { '403': { description: 'It belongs to somebody else.' } }, true],
    ['Change an article.', { '403': { description: 'Only authors may.' } }, false],
    ['Change an article.', { '403': { description: 'The account is suspended.' } }, false],
    ['Change one’s own article.', { '404': { description: 'none' } }, false],
    ['Change an article.', { '403': { description: 'Your account is suspended.' } }, false],
    ['Change an article.', { '403': { description: 'Your role does not allow this.' } }, false],
    ['Change an article.', { '403': { description: 'You are not its creator.' } }, true],
    ['Change an article. Only for its author.', { '403': { description: 'no' } }, true],
    ['Change the author of an article.', { '403': { description: 'no' } }, false],
    ['Change an article, for you and others.', { '403': { description: 'no' } }, false],
  ])('%s %j: %s', (summary, responses, expected) => {
    const read = operation('/articles', summary, { '200': { description: 'ok' }, ...responses });
    expect(forbidsOthers(read, [{ name: 'articles' }])).toBe(expected);
  });

  test('takes an owner that is a thing for no owner', () => {
    const read = operation('/owners', 'Change an owner.', {
      '200': { description: 'ok' },
      '403': { description: 'The owner is locked.' },
    });
    expect(forbidsOthers(read, [{ name: 'clinics/owners' }])).toBe(false);
    expect(forbidsOthers(read, [{ name: 'pets' }])).toBe(true);
  });
});

test.each([
  ['/me/notes', true],
  ['/articles/feed', true],
  ['/articles', false],
  ['/memories', false],
])('%s is about whoever asks: %s', (path, expected) => {
  expect(isPersonal(operation(path, '', { '200': { description: 'ok' } }))).toBe(expected);
});
