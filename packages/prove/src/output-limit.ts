import type { OutputLine } from '@assay/engine';

/** What is kept of what programs print: a run stays small whatever they say. */
export interface OutputLimits {
  /** Of one instance, or of the build. */
  readonly lines: number;
  readonly characters: number;
  /** Of all of them together. */
  readonly allLines: number;
  readonly allCharacters: number;
}

const limits: OutputLimits = { lines: 20_000, characters: 4_000_000, allLines: 200_000, allCharacters: 32_000_000 };

/** Passes lines on until one instance, or all together, have printed too much; then says so once, in their place. */
export function limitOutput(
  emit: (instance: string | null, line: OutputLine) => void,
  { lines, characters, allLines, allCharacters }: OutputLimits = limits,
): (instance: string | null, line: OutputLine) => void {
  const all = { lines: 0, characters: 0 };
  const printed = new Map<string | null, { lines: number; characters: number; cut: boolean }>();
  return (instance, line) => {
    const own = printed.get(instance) ?? { lines: 0, characters: 0, cut: false };
    printed.set(instance, own);
    if (own.cut) return;
    for (const count of [own, all]) {
      count.lines += 1;
      count.characters += line.line.length;
    }
    own.cut =
      own.lines > lines || own.characters > characters || all.lines > allLines || all.characters > allCharacters;
    emit(instance, own.cut ? { ...line, line: 'assay: what it prints from here on is not kept.' } : line);
  };
}
