import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownFiles, prose, read, root } from './read-docs.ts';

/** The names by which a page's headings are linked to, as code hosts make them. */
function anchors(text: string): readonly string[] {
  return [...prose(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

function brokenLinks(file: string): readonly string[] {
  const text = prose(read(file)).replaceAll(/`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return !URL.canParse(target);
    const [name = '', anchor] = target.split('#');
    const found = name === '' ? file : path.join(path.dirname(file), name);
    if (!existsSync(path.join(root, found))) return true;
    return (
      anchor !== undefined && !(statSync(path.join(root, found)).isFile() && anchors(read(found)).includes(anchor))
    );
  });
}

describe.each(markdownFiles())('%s', (file) => {
  it('links only to what is there', () => {
    expect(brokenLinks(file)).toEqual([]);
  });
});
