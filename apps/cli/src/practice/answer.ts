import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Answer, OpenQuestion, Shown } from '@assay/practice';
import type { Console } from './console.ts';

/** What a person wrote. */
export type Given =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly text: string }
  | { readonly kind: 'hint' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'quit' };

/** Reads an answer, or one of the words :hint, :skip, :quit. */
export async function readAnswer(console: Console, { shown }: OpenQuestion, onFirstLine: () => void): Promise<Given> {
  const lines: string[] = [];
  for (;;) {
    const line = await console.line(lines.length === 0 ? '> ' : '  ');
    if (line === null) return lines.length === 0 ? { kind: 'quit' } : given(shown, lines);
    onFirstLine();
    const word = line.trim();
    if (lines.length === 0 && (word === ':hint' || word === ':skip' || word === ':quit'))
      return word === ':hint' ? { kind: 'hint' } : word === ':skip' ? { kind: 'skip' } : { kind: 'quit' };
    if (word === ':edit') return edited(shown);
    if (word.startsWith('@') && lines.length === 0 && (shown.form === 'program' || shown.form === 'files'))
      return fromDisk(shown, word.slice(1));
    if (word === '.') return given(shown, lines);
    if (shown.form === 'outcome' && word === '' && lines.length > 0) return given(shown, lines);
    lines.push(line);
    if (isShort(shown) || (shown.form === 'statement' && word.endsWith(';'))) return given(shown, lines);
  }
}

function isShort(shown: Shown): boolean {
  return ['options', 'order', 'line', 'evidence'].includes(shown.form);
}

function given(shown: Shown, lines: readonly string[]): Given {
  const text = lines.join('\n');
  return { kind: 'answer', answer: parsed(shown, text), text };
}

/** The answer in the form that marking asks for. */
export function parsed(shown: Shown, text: string): Answer {
  const words = text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (shown.form === 'options')
    return words.flatMap((word) =>
      word.length === 1 || /^\d+$/.test(word) ? [numberOf(word)] : word.split('').map(numberOf),
    );
  if (shown.form === 'order') return words.map(Number);
  if (shown.form === 'evidence')
    return shown.options === null || words.length !== 1 ? text.trim() : numberOf(words[0] ?? '');
  return text;
}

/** a is 1, b is 2; a number is itself. */
function numberOf(word: string): number {
  return /^\d+$/.test(word)
    ? Number(word)
    : word.toLowerCase().codePointAt(0) === undefined
      ? 0
      : (word.toLowerCase().codePointAt(0) ?? 96) - 96;
}

function edited(shown: Shown): Given {
  const files =
    shown.form === 'files'
      ? shown.files
      : {
          [shown.form === 'program' ? `answer.${endings[shown.language] ?? 'txt'}` : 'answer.txt']:
            shown.form === 'program' ? shown.code : '',
        };
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-answer-'));
  try {
    const names = Object.keys(files).map((name) => path.join(folder, name));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const [editor = 'vi', ...rest] = (process.env['VISUAL'] ?? process.env['EDITOR'] ?? 'vi').split(' ');
    spawnSync(editor, [...rest, ...names], { stdio: 'inherit' });
    return readBack(shown, folder, Object.keys(files));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const endings: Readonly<Record<string, string>> = { javascript: 'mjs', python: 'py', php: 'php', java: 'java' };

function fromDisk(shown: Shown, given: string): Given {
  const place = path.resolve(given);
  if (!existsSync(place)) return { kind: 'answer', answer: '', text: '' };
  if (shown.form === 'files') return readBack(shown, place, Object.keys(shown.files));
  const text = readFileSync(place, 'utf8');
  return { kind: 'answer', answer: text, text };
}

function readBack(shown: Shown, folder: string, names: readonly string[]): Given {
  const read = Object.fromEntries(
    names
      .filter((name) => existsSync(path.join(folder, name)))
      .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
  const text = Object.values(read).join('\n');
  return { kind: 'answer', answer: shown.form === 'files' ? read : text, text };
}
