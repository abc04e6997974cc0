import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { viewFolder } from './folder-view.ts';
import { testFolder } from './test-folder.ts';

describe('the text of a file', () => {
  test('is read in the encoding that its byte order mark tells', () => {
    const folder = testFolder({ 'plain.txt': 'Flask é\n', 'marked.txt': '\uFEFFFlask é\n' });
    const little = Buffer.from('\uFEFFFlask é\n', 'utf16le');
    writeFileSync(join(folder, 'little.txt'), little);
    writeFileSync(join(folder, 'big.txt'), Buffer.from(little).swap16());
    const view = viewFolder(folder);
    for (const name of ['plain', 'marked', 'little', 'big']) expect(view.text(`${name}.txt`)).toBe('Flask é\n');
  });
});
