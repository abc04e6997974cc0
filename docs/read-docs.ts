import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Folders whose Markdown is not ours, or not documentation of Assay. */
const skipped = new Set(['node_modules', '.git', 'target', 'vendor', '.venv']);

/** Every Markdown file of the project by its path from the root. */
export function markdownFiles(folder = ''): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : markdownFiles(file);
    return entry.name.endsWith('.md') ? [file] : [];
  });
}

export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

export interface Fence {
  readonly language: string;
  readonly code: string;
}

/** The fenced code of a page, in order. */
export function fences(text: string): readonly Fence[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({ language, code }));
}

/** The text without fenced code. */
export function prose(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** The words in `code marks`, without those in fenced code. */
export function inlineCode(text: string): readonly string[] {
  return [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Commands that a reader is shown for Assay and npm, as words; `for` loops and `&&` are taken apart, comments left out. */
export function shownCommands(text: string): readonly (readonly string[])[] {
  return fences(text)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.split('\n'))
    .flatMap((line) => line.replace(/\s+#.*$/, '').split(' && '))
    .map((command) =>
      command
        .replace(/\s+>.*$/, '')
        .trim()
        .split(/\s+/),
    )
    .filter(([first, second]) => first === 'npm' || (first === 'npx' && second === 'assay'));
}
