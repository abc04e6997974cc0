import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Answer, OpenQuestion, Shown } from '@assay/practice';
import { visible } from '../terminal/visible.ts';
import type { Console } from './console.ts';
import { parsed, slipIn } from './typed-answer.ts';

/** What a person wrote. */
export type Given =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly text: string }
  | { readonly kind: 'skip' }
  | { readonly kind: 'quit' };

/** What may be typed instead of an answer. */
export interface Commands {
  /** Called with the first line. */
  onFirstLine(): void;
  /** The next hint, or that there is none. */
  hint(): string;
  /** Their names, for those who mistype one. */
  readonly names: string;
}

/** Reads an answer, or one of the commands. What cannot be an answer is said and asked again: a slip of the finger is no failure. */
export async function readAnswer(console: Console, { shown }: OpenQuestion, commands: Commands): Promise<Given> {
  const lines: string[] = [];
  for (;;) {
    const line = await console.line(lines.length === 0 ? '> ' : '  ');
    if (line === null) return lines.length === 0 ? { kind: 'quit' } : given(shown, lines);
    const word = line.trim();
    if (word === ':skip' || word === ':quit') return { kind: word === ':skip' ? 'skip' : 'quit' };
    if (word === ':hint') {
      console.write(commands.hint());
      continue;
    }
    if (lines.length === 0 && /^:[a-z]+$/i.test(word) && !(word === ':edit' && isEdited(shown))) {
      console.write(`There is no ${word} here. There is ${commands.names}.\n`);
      continue;
    }
    if (lines.length === 0 && (word === '' || word === '.')) {
      console.write(`Nothing is written yet. ${commands.names}\n`);
      continue;
    }
    commands.onFirstLine();
    if (word === ':edit' && isEdited(shown)) return edited(shown);
    if (word.startsWith('@') && lines.length === 0 && isEdited(shown)) {
      const read = fromDisk(shown, word.slice(1));
      if (read !== null) return read;
      console.write(`There is no file ${visible(path.resolve(word.slice(1)))}.\n`);
      continue;
    }
    if (word === '.') return given(shown, lines);
    if (shown.form === 'outcome' && word === '') return given(shown, lines);
    const slip = slipIn(shown, line);
    if (slip !== null) {
      console.write(`${slip}\n`);
      continue;
    }
    lines.push(line);
    if (isShort(shown) || (shown.form === 'statement' && word.endsWith(';'))) return given(shown, lines);
  }
}

function isShort(shown: Shown): boolean {
  return ['options', 'order', 'line', 'evidence'].includes(shown.form);
}

function isEdited(shown: Shown): boolean {
  return shown.form === 'program' || shown.form === 'files';
}

function given(shown: Shown, lines: readonly string[]): Given {
  const text = lines.join('\n');
  return { kind: 'answer', answer: parsed(shown, text), text };
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

function fromDisk(shown: Shown, given: string): Given | null {
  const place = path.resolve(given);
  const there = statSync(place, { throwIfNoEntry: false });
  if (there === undefined || there.isDirectory() !== (shown.form === 'files')) return null;
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
