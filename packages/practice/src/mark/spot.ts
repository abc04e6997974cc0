import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '@assay/contract';
import type { QuestionOf } from '../question/question.ts';
import { applyPatch, patchedFiles } from '../spot/apply-patch.ts';
import { type Answer, failed, type Mark, passed } from './mark.ts';
import { type Marker, nothing, same } from './marker.ts';

interface Exhibit {
  readonly file: string;
  readonly text: string;
  readonly firstLine: number;
  /** The lines of each fault, and what it is; none in a clean file. */
  readonly faults: readonly { readonly lines: readonly number[]; readonly what: string }[];
}

/** A file is shown with so many lines around its defect when it is longer than twice that. */
const around = 60;

export function markSpot(question: QuestionOf<'spot'>, challenges: string | null): Marker {
  const { spot } = question;
  const exhibit: Exhibit =
    'mutant' in spot
      ? fromMutant(spot.mutant, challenges)
      : { file: spot.file, text: spot.code.trimEnd(), firstLine: 1, faults: spot.faults };
  return {
    shown: { form: 'line', file: exhibit.file, code: exhibit.text, firstLine: exhibit.firstLine },
    mark: (answer) => Promise.resolve(judge(exhibit, answer)),
    key: () => Promise.resolve(exhibit.faults[0]?.lines[0] ?? 'none'),
    asGiven: same,
    close: nothing,
  };
}

function judge({ file, text, firstLine, faults }: Exhibit, answer: Answer): Mark {
  const given = typeof answer === 'string' ? answer.trim().toLowerCase() : answer;
  if (given === '' || given === null) return failed('The answer is empty.');
  if (given === 'none')
    return faults.length === 0
      ? passed('There is nothing wrong with it.')
      : failed(`There is something: ${placeOf(faults)}.`);
  const line = typeof given === 'number' || typeof given === 'string' ? Number(given) : Number.NaN;
  const last = firstLine + text.split('\n').length - 1;
  if (!Number.isInteger(line) || line < firstLine || line > last)
    return failed(`The answer must be the number of a line, from ${firstLine} to ${last}, or none.`);
  if (faults.length === 0) return failed(`There is nothing wrong with ${file}.`);
  const hit = faults.find(({ lines }) => lines.includes(line));
  return hit === undefined ? failed(`Line ${line} is not it: ${placeOf(faults)}.`) : passed(hit.what);
}

function placeOf(faults: Exhibit['faults']): string {
  return faults.map(({ lines, what }) => `line ${lines.join(', ')}: ${what.replace(/\.$/, '')}`).join('; ');
}

/** Without imports, comments and empty lines, which change along with a defect and are none; all of them when nothing else was changed. */
function telling(text: readonly string[], changed: readonly number[]): readonly number[] {
  const beside = /^\s*(?:$|(?:import|use|using|package)\b|from\s.*\bimport\b|\/\/|\/?\*|#(?!\[)|--)/;
  const left = changed.filter((line) => !beside.test(text[line - 1] ?? ''));
  return left.length === 0 ? changed : left;
}

function fromMutant(name: string, challenges: string | null): Exhibit {
  const [challenge = '', stack = '', id = ''] = name.split('/');
  const patchFile = path.join(challenges ?? '', challenge, 'mutants', stack, `${id}.patch`);
  if (challenges === null || !existsSync(patchFile)) throw new Fault('bad-question', `There is no mutant ${name}.`);
  const patch = readFileSync(patchFile, 'utf8');
  const [file] = patchedFiles(patch);
  const original = file === undefined ? '' : path.join(challenges, challenge, 'backends', stack, file);
  const patched =
    file !== undefined && existsSync(original) ? applyPatch(readFileSync(original, 'utf8'), patch, file) : null;
  if (patched === null) throw new Fault('bad-question', `The patch of the mutant ${name} does not fit its backend.`);
  const title = /^ {2}- id: (\S+)\n(?: {4}.*\n)*? {4}title: (.*)$/gm;
  const yaml = path.join(challenges, challenge, 'mutants.yaml');
  const told = existsSync(yaml)
    ? [...readFileSync(yaml, 'utf8').matchAll(title)].find(([, each]) => each === id)?.[2]
    : undefined;
  const lines = patched.text.split('\n');
  const firstFault = patched.lines[0] ?? 1;
  const from =
    lines.length <= 2 * around ? 1 : Math.max(1, Math.min(firstFault - around, lines.length - 2 * around + 1));
  const shown = lines
    .slice(from - 1, from - 1 + 2 * around)
    .join('\n')
    .trimEnd();
  const faults = [
    {
      lines: telling(lines, patched.lines).filter((line) => line >= from && line < from + 2 * around),
      what: `${told ?? 'The planted defect'}.`,
    },
  ];
  return { file: patched.file, text: shown, firstLine: from, faults };
}
