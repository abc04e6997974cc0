import { readFileSync } from 'node:fs';
import { Fault } from '@assay/contract';
import { type BankQuestion, fresh } from '../bank/load.ts';
import type { Answer } from '../mark/mark.ts';
import { missingFor, openQuestion, type OpenQuestion } from '../mark/open.ts';
import type { Workbench } from '../mark/workbench.ts';
import type { KeyPoint } from '../question/every-question.ts';
import { runKinds } from '../question/question.ts';
import { readDocument } from '../shape/document.ts';
import type { Path } from '../shape/shape.ts';

/** What lint says of one question. */
export interface LintResult {
  readonly id: string;
  /** `file:line:column: what is wrong`. */
  readonly problems: readonly string[];
  /** Why nothing could be run; null when everything was. */
  readonly skipped: string | null;
}

interface Mistake {
  readonly path: Path;
  readonly message: string;
}

/** Every question is proven with these; what does not vary and runs nothing with the first alone. */
const seeds = [11, 222, 3333];

/** Proves a question: the key passes, every wrong answer and an empty one fail, with each of the seeds. */
export async function lintQuestion(entry: BankQuestion, workbench: Workbench): Promise<LintResult> {
  const missing = missingFor(entry);
  const mistakes: Mistake[] = [];
  const changes = entry.varies || (runKinds.includes(entry.kind) && !isOneProgram(entry));
  if (missing === null) {
    for (const [round, seed] of (changes ? seeds : seeds.slice(0, 1)).entries()) {
      mistakes.push(...(await lintSeed(entry, seed, round, workbench)));
      if (mistakes.length > 0) break;
    }
    if (entry.varies) mistakes.push(...moreSeeds(entry));
  }
  return { id: entry.id, problems: located(entry, mistakes), skipped: missing };
}

/** What a program prints does not depend on the seed when its text does not. */
function isOneProgram(entry: BankQuestion): boolean {
  const question = fresh(entry, 0);
  return question.kind === 'predict' && 'code' in question.predict;
}

async function lintSeed(
  entry: BankQuestion,
  seed: number,
  round: number,
  workbench: Workbench,
): Promise<readonly Mistake[]> {
  const withSeed = entry.varies ? ` (with seed ${seed})` : '';
  let open: OpenQuestion;
  try {
    open = await openQuestion(entry, seed, workbench);
  } catch (error) {
    return [{ path: [entry.kind], message: `${reasonOf(error)}${withSeed}` }];
  }
  try {
    return (await proveOpen(open, round)).map(({ path, message }) => ({ path, message: `${message}${withSeed}` }));
  } catch (error) {
    return [{ path: [entry.kind], message: `${reasonOf(error)}${withSeed}` }];
  } finally {
    await open.close();
  }
}

async function proveOpen(open: OpenQuestion, round: number): Promise<readonly Mistake[]> {
  const mistakes: Mistake[] = [];
  const { question } = open;
  const key = await open.mark(await open.key());
  if (!key.passed) mistakes.push({ path: keyPath(question.kind), message: `The key does not pass: ${key.said}` });
  if (question.kind === 'recall' || question.kind === 'design')
    for (const [index, { point, met }] of key.points.entries())
      if (!met)
        mistakes.push({
          path: question.kind === 'recall' ? ['keyPoints', index] : ['design', 'checklist', index],
          message: `The model answer does not say: ${point}`,
        });
  mistakes.push(...halfPhrases(question));
  if (question.kind === 'predict') mistakes.push(...notSaid(await open.key(), question.modelAnswer));
  const empty = await open.mark('');
  if (empty.passed) mistakes.push({ path: [question.kind], message: 'An empty answer passes.' });
  // The compiler of Java takes long: its wrong answers are tried with one seed each.
  const slow = question.kind === 'fix' && 'code' in question.fix && question.fix.run === 'java';
  for (const [index, wrong] of question.wrongAnswers.entries()) {
    if (slow && index % seeds.length !== round) continue;
    const mark = await open.mark(open.asGiven(wrong.answer));
    if (mark.passed)
      mistakes.push({ path: ['wrongAnswers', index, 'answer'], message: `This wrong answer passes: ${mark.said}` });
  }
  mistakes.push(...linesElsewhere(open));
  for (const [answer, path, message] of impliedWrong(open))
    if ((await open.mark(answer)).passed) mistakes.push({ path, message });
  if (
    question.kind === 'sql' &&
    open.shown.form === 'statement' &&
    open.shown.expected.rows.length === 0 &&
    round === 0
  )
    mistakes.push({
      path: ['sql', 'key'],
      message: 'The key returns no row on the data that is shown: nobody could see what is meant.',
    });
  return mistakes;
}

/** `he|she|they wanted` is meant as three phrases of two words, and would match every answer with a `he` in it. */
function halfPhrases(question: OpenQuestion['question']): readonly Mistake[] {
  const [points, path]: readonly [readonly KeyPoint[], Path] =
    question.kind === 'design'
      ? [question.design.checklist, ['design', 'checklist']]
      : [question.keyPoints, ['keyPoints']];
  return points.flatMap(({ says }, point) =>
    says.flatMap((phrase, index) => {
      const short = phrase.includes('|')
        ? phrase.split('|').find((one) => /^\s*\p{Lowercase_Letter}{1,3}\s*$/u.test(one))
        : undefined;
      return short === undefined
        ? []
        : [
            {
              path: [...path, point, 'says', index],
              message: `\`|\` parts whole phrases, so \`${short.trim()}\` alone is enough: write each phrase out, or \`${short.trim()}\` as an entry of its own.`,
            },
          ];
    }),
  );
}

/** What comes out is computed, and the model answer is written: they must agree, whatever the seed. */
function notSaid(key: Answer, modelAnswer: string): readonly Mistake[] {
  const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
  const missing = String(key)
    .split('\n')
    .find((line) => !plain(modelAnswer).includes(plain(line)));
  return missing === undefined
    ? []
    : [{ path: ['modelAnswer'], message: `The model answer does not say what comes out: ${missing}` }];
}

/** A line that the file does not have would fail whatever it says. */
function linesElsewhere({ question, shown }: OpenQuestion): readonly Mistake[] {
  if (question.kind !== 'spot' || shown.form !== 'line') return [];
  const last = shown.firstLine + shown.code.trimEnd().split('\n').length - 1;
  return question.wrongAnswers.flatMap(({ answer }, index) =>
    typeof answer === 'number' && (answer < shown.firstLine || answer > last)
      ? [
          {
            path: ['wrongAnswers', index, 'answer'],
            message: `${shown.file} is shown from line ${shown.firstLine} to ${last}.`,
          },
        ]
      : [],
  );
}

type Implied = readonly [answer: Answer, path: Path, message: string];

/** Answers that must fail whatever the file lists. */
function impliedWrong({ question, shown }: OpenQuestion): readonly Implied[] {
  if (question.kind === 'choice' && shown.form === 'options') {
    const options = question.choice.options;
    const all = options.map((_, index) => index + 1);
    return [
      [all, ['choice', 'options'], 'Naming all options passes.'],
      ...shown.options.flatMap((text, index): readonly Implied[] => {
        const written = options.findIndex((option) => option.text === text);
        return options[written]?.correct === true
          ? []
          : [[[index + 1], ['choice', 'options', written], 'This wrong option passes.']];
      }),
    ];
  }
  if (question.kind === 'order' && shown.form === 'order')
    return [
      [shown.items.map((_, index) => index + 1), ['order', 'items'], 'The order in which they are shown passes.'],
    ];
  if (question.kind === 'fix' && 'code' in question.fix)
    return [[question.fix.code, ['fix', 'code'], 'The program passes as it is given.']];
  if (question.kind === 'fix' && shown.form === 'files')
    return [[shown.files, ['fix', 'folder'], 'The backend passes as it is given.']];
  return [];
}

/** Whether other seeds make a right question too, and another one, as far as its text says: nothing is run. */
function moreSeeds(entry: BankQuestion): readonly Mistake[] {
  const instances = new Set<string>();
  for (let seed = 1; seed <= 40; seed += 1) {
    try {
      instances.add(JSON.stringify(fresh(entry, seed * 7919)));
    } catch (error) {
      return [{ path: ['vary'], message: reasonOf(error) }];
    }
  }
  return instances.size > 1 ? [] : [{ path: ['vary'], message: 'It varies nothing: no {{…}} names its variables.' }];
}

function keyPath(kind: string): Path {
  return kind === 'recall' || kind === 'design' ? ['modelAnswer'] : [kind, 'key'];
}

function reasonOf(error: unknown): string {
  if (error instanceof Fault && error.kind === 'surroundings' && error.code !== 'toolchain-missing') throw error;
  return error instanceof Error ? error.message : String(error);
}

function located(entry: BankQuestion, mistakes: readonly Mistake[]): readonly string[] {
  if (mistakes.length === 0) return [];
  const document = readDocument(entry.file, readFileSync(entry.file, 'utf8'));
  return mistakes.map((mistake) =>
    'problems' in document ? `${entry.file}:1:1: ${mistake.message}` : document.locate(mistake),
  );
}
