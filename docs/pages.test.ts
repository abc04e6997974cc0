import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { described } from '../scripts/generated-docs.ts';
import { fences, markdownFiles, read } from './read-docs.ts';

const sections = [
  'Why it matters',
  'How it is probed',
  'Examples',
  'How to fix it',
  'Not applicable or undecided',
  'Sources',
];
const languages = { 'JavaScript, Express': 'js', 'Python, Django': 'python', PHP: 'php', Java: 'java' };

it('has a page for every check, and a check for every page', () => {
  const pages = markdownFiles('docs/checks').filter((file) => file !== 'docs/checks/README.md');
  expect([...pages].sort()).toEqual(described.map(({ id }) => `docs/checks/${id}.md`).sort());
});

describe.each(described.map(({ id }) => `docs/checks/${id}.md`).filter((file) => existsSync(file)))('%s', (file) => {
  const page = read(file);

  it('has every section, in this order', () => {
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(sections);
  });

  it('shows what fails and what passes in four languages', () => {
    expect([...page.matchAll(/^### (.+)$/gm)].map(([, title]) => title)).toEqual(Object.keys(languages));
    const shown = fences(page).map(
      ({ language, code }) => `${language} ${/^(?:\/\/|#) (Fails|Passes)\b/.exec(code)?.[1]}`,
    );
    expect(shown).toEqual(Object.values(languages).flatMap((language) => [`${language} Fails`, `${language} Passes`]));
  });

  it('is short enough to be read', () => {
    expect(page.split('\n').length).toBeLessThanOrEqual(120);
  });
});
