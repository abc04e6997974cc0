import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Fault, isJsonObject, type Json } from '@assay/contract';
import { type Area, areaIds, areas, isArea } from '../question/areas.ts';
import type { Kind, Question } from '../question/question.ts';
import { questionShape } from '../question/question-shape.ts';
import { readDocument } from '../shape/document.ts';
import type { Problem } from '../shape/shape.ts';
import { nearestWord } from '../shape/nearest-word.ts';
import { fill } from '../vary/template.ts';
import { drawVariables, varyShape } from '../vary/vary.ts';
import { shapeProblems } from './shape-problems.ts';

/** A question of a bank, to be instantiated with a seed. */
export interface BankQuestion {
  /** `databases/second-highest`: the folder and the file's name. */
  readonly id: string;
  readonly area: Area;
  readonly file: string;
  readonly kind: Kind;
  readonly title: string;
  readonly topic: string;
  readonly level: number;
  readonly varies: boolean;
  /** The file as plain JSON, templates and all. */
  readonly raw: Json;
}

export interface Bank {
  readonly questions: readonly BankQuestion[];
  /** `file:line:column: what is wrong`; a file with problems is left out. */
  readonly problems: readonly string[];
}

/**
 * Loads every question under the folders or files given. A question's area is the name of the folder it stands in. Nothing is thrown for a
 * question that is wrong; a path that does not exist is the fault bad-usage.
 */
export function loadBank(paths: readonly string[]): Bank {
  const questions: BankQuestion[] = [];
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const file of paths.flatMap(questionFiles)) {
    const read = readQuestion(file, readFileSync(file, 'utf8'));
    if ('problems' in read) problems.push(...read.problems);
    else if (seen.has(read.id))
      problems.push(`${file}:1:1: There is another question ${read.id}: ${seen.get(read.id) ?? ''}.`);
    else questions.push(read);
    if ('id' in read) seen.set(read.id, file);
  }
  return { questions, problems };
}

function questionFiles(given: string): readonly string[] {
  if (!existsSync(given))
    throw new Fault(
      'bad-usage',
      `There is no file or folder ${given}.`,
      'Give the path of a question, or of a folder with questions.',
    );
  if (statSync(given).isFile()) return [given];
  return readdirSync(given, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path.join(given, entry.name);
      // What a question of the kind fix brings along stands in a folder named backends.
      if (entry.isDirectory())
        return entry.name === 'backends' || entry.name.startsWith('.') ? [] : questionFiles(inside);
      return entry.isFile() && entry.name.endsWith('.yaml') ? [inside] : [];
    });
}

/** Reads one question's text. `file` gives its id: `…/databases/second-highest.yaml`. */
export function readQuestion(file: string, source: string): BankQuestion | { readonly problems: readonly string[] } {
  const document = readDocument(file, source);
  if ('problems' in document) return document;
  const folder = path.basename(path.dirname(path.resolve(file)));
  const slug = path.basename(file, '.yaml');
  const problems: Problem[] = [];
  if (!isArea(folder)) {
    const near = nearestWord(folder, areaIds);
    const hint = near === null ? `The areas are: ${areaIds.join(', ')}.` : `Did you mean ${near}?`;
    return {
      problems: [
        `${file}:1:1: A question stands in a folder named after its area; there is no area "${folder}". ${hint}`,
      ],
    };
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    return {
      problems: [
        `${file}:1:1: The file's name must be of lower-case letters, digits and hyphens; it is the question's id.`,
      ],
    };
  const id = `${folder}/${slug}`;
  const question = instantiate(id, document.value, 0, problems);
  if (question !== undefined) problems.push(...shapeProblems(question), ...topicProblems(folder, question.topic));
  if (question === undefined || problems.length > 0)
    return { problems: problems.map((problem) => document.locate(problem)) };
  const { kind, title, topic, level } = question;
  const varies = Object.keys(question.vary).length > 0;
  return { id, area: folder, file: path.resolve(file), kind, title, topic, level, varies, raw: document.value };
}

function topicProblems(area: Area, topic: string): readonly Problem[] {
  const known: readonly string[] | null = areas[area].topics;
  if (known === null || known.includes(topic)) return [];
  return [
    { path: ['topic'], message: `The area ${area} has no topic "${topic}". The topics are: ${known.join(', ')}.` },
  ];
}

/** The question with the variables of this seed. Throws the fault bad-question when the seed makes it wrong, which lint finds. */
export function fresh(question: Pick<BankQuestion, 'id' | 'file' | 'raw'>, seed: number): Question {
  const problems: Problem[] = [];
  const made = instantiate(question.id, question.raw, seed, problems);
  if (made !== undefined && problems.length === 0) problems.push(...shapeProblems(made));
  if (made === undefined || problems.length > 0)
    throw new Fault(
      'bad-question',
      `${question.file}, with seed ${seed}: ${problems.map(({ message }) => message).join(' ')}`,
    );
  return made;
}

function instantiate(id: string, raw: Json, seed: number, problems: Problem[]): Question | undefined {
  if (!isJsonObject(raw)) return questionShape.read(raw, [], problems);
  const { vary, ...rest } = raw;
  if (vary === undefined || vary === null) return questionShape.read(raw, [], problems);
  const sources = varyShape.read(vary, ['vary'], problems);
  if (sources === undefined) return undefined;
  const variables = drawVariables(sources, seed, id, problems);
  const filled = fill(rest, withReserved(variables), [], problems);
  return isJsonObject(filled) ? questionShape.read({ ...filled, vary }, [], problems) : undefined;
}

/** `{{rows}}` and `{{set}}` are filled in for each data set, later. */
function withReserved(variables: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return { ...variables, rows: '{{rows}}', set: '{{set}}' };
}
