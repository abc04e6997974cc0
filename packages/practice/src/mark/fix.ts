import {
  cpSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Fault } from '@assay/contract';
import type { Language } from '../question/predict.ts';
import type { QuestionOf } from '../question/question.ts';
import { runProgram } from '../run/program.ts';
import { asFiles, asText } from './answer.ts';
import { type Answer, failed, type Mark, passed } from './mark.ts';
import { type Marker, nothing, same } from './marker.ts';
import { filesOf } from './passing-word.ts';
import type { Workbench } from './workbench.ts';

type Fix = QuestionOf<'fix'>['fix'];
type Program = Extract<Fix, { readonly code: string }>;
type Backend = Extract<Fix, { readonly folder: string }>;

export function markFix(question: QuestionOf<'fix'>, file: string, seed: number, workbench: Workbench): Marker {
  return 'code' in question.fix ? markProgram(question.fix, seed) : markBackend(question.fix, file, seed, workbench);
}

function markProgram(fix: Program, seed: number): Marker {
  return {
    shown: { form: 'program', language: fix.run === 'node' ? 'javascript' : fix.run, code: fix.code, tests: fix.tests },
    mark: (answer) => judgeProgram(fix.run, fix.tests, seed, answer),
    key: () => Promise.resolve(fix.key),
    asGiven: same,
    close: nothing,
  };
}

async function judgeProgram(language: Language, test: string, seed: number, answer: Answer): Promise<Mark> {
  const read = asText(answer);
  if ('said' in read) return failed(read.said);
  // What ends the process quietly must not pass: only after the tests is this word printed.
  const word = `passed-${seed}-${Math.random().toString(36).slice(2)}`;
  const result = await runProgram({
    language,
    ...filesOf(language, read.text, test),
    input: `${word}\n`,
    env: { ASSAY_SEED: String(seed % 2_000_000_000) },
  });
  if (result === null)
    throw new Fault('toolchain-missing', `This question needs ${language}, which is not on this machine.`);
  if (result.ended === 'timeout') return failed('The program did not come to its end within 10 seconds.');
  if (result.ended === 'too-much-output') return failed('The program printed too much.');
  if (result.status === 0 && result.stdout.includes(word)) return passed('All of its tests pass.');
  const said = lastLines(result.stderr.trim() === '' ? result.stdout.replaceAll(word, '') : result.stderr);
  return failed(said === '' ? `The tests ended with status ${result.status ?? 'none'}, and without a word.` : said);
}

/** Without what Node.js tells of itself below the error. */
function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => !/^ +at .*(node:internal|run-tests\.mjs)|^Node\.js v/.test(line));
  return lines.join('\n').trim().split('\n').slice(-6).join('\n').slice(0, 1500);
}

function markBackend(fix: Backend, file: string, seed: number, workbench: Workbench): Marker {
  const folder = path.resolve(path.dirname(file), fix.folder);
  if (!folder.startsWith(path.dirname(file) + path.sep) || !existsSync(folder))
    throw new Fault('bad-question', `${file}: there is no folder ${fix.folder} beside it.`);
  return {
    shown: { form: 'files', files: sources(folder), checks: fix.checks },
    mark: (answer) => judgeBackend(folder, fix.checks, seed, workbench, answer),
    key: () => Promise.resolve(fix.key),
    asGiven: same,
    close: nothing,
  };
}

async function judgeBackend(
  folder: string,
  checks: readonly string[],
  seed: number,
  workbench: Workbench,
  answer: Answer,
): Promise<Mark> {
  const files = asFiles(answer);
  if ('said' in files && typeof files['said'] === 'string' && !isSource(folder, 'said')) return failed(files['said']);
  const foreign = Object.keys(files).find((name) => !isSource(folder, name));
  if (foreign !== undefined) return failed(`There is no file ${foreign} in this backend.`);
  const copy = mkdtempSync(path.join(tmpdir(), 'assay-fix-'));
  try {
    cpSync(folder, copy, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
      writeFileSync(path.join(copy, name), text);
    }
    const { passed: whole, said } = await workbench.ports.judgeBackend(copy, checks, seed);
    return whole ? passed(`${checks.join(', ')}: passed.`) : failed(said.join(' '));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Every file of the backend that a person would change: not how it is built, and not its contract. */
function sources(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names.filter((name) => isSource(folder, name)).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}

function isSource(folder: string, name: string): boolean {
  const file = path.resolve(folder, name);
  if (!file.startsWith(folder + path.sep) || /(^|\/)(node_modules|\.[^/]*|assay\.yaml|openapi\.\w+)(\/|$)/.test(name))
    return false;
  return existsSync(file) && statSync(file).isFile();
}
