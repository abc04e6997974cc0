import { isJsonObject, type Json } from '@assay/contract';
import {
  either,
  flag,
  integer,
  json,
  list,
  object,
  oneOf,
  optional,
  type Of,
  record,
  type Shape,
  text,
  word,
} from '../shape/shape.ts';
import { common, kebab, matchedPoint, wrongAnswers } from './every-question.ts';
import { languages, predictShape } from './predict.ts';
import { goalShape, serviceShape } from './service.ts';

/** The share of the points that a passing answer has. */
const need = optional(object({ need: integer(1, 12) }));

const recall = object({
  ...common,
  kind: oneOf(['recall']),
  keyPoints: list(matchedPoint, 2, 12),
  recall: need,
  wrongAnswers: wrongAnswers(text(), 1),
});

const choice = object({
  ...common,
  kind: oneOf(['choice']),
  choice: object({
    options: list(object({ text: text(1000), correct: optional(flag(), false), why: text(1000) }), 2, 8),
  }),
  wrongAnswers: wrongAnswers(list(integer(1, 8), 1), 0),
});

const orderItem: Shape<readonly string[]> = {
  ...text(400),
  expected: 'a text, or a list of texts whose order does not matter',
  read: (value, path, problems) => {
    if (Array.isArray(value)) return list(text(400), 2, 12).read(value, path, problems);
    const one = text(400).read(value, path, problems);
    return one === undefined ? undefined : [one];
  },
  schema: { anyOf: [text(400).schema, list(text(400), 2, 12).schema] },
};

const order = object({
  ...common,
  kind: oneOf(['order']),
  order: object({ items: list(orderItem, 2, 12) }),
  wrongAnswers: wrongAnswers(list(integer(1, 30), 2), 1),
});

const sql = object({
  ...common,
  kind: oneOf(['sql']),
  sql: object({
    schema: text(),
    data: text(),
    /** Rows for each data set, as `{{rows}}` in `data`: the first is shown, the others are hidden. */
    rows: optional(list(integer(0, 5000), 4, 8), [8, 20, 60, 150]),
    key: text(8000),
    mode: optional(oneOf(['read', 'write']), 'read'),
    verify: optional(text(8000)),
    order: optional(list(text(100), 1, 10), []),
    limit: optional(integer(1, 1000)),
    columns: optional(oneOf(['position', 'name']), 'position'),
  }),
  wrongAnswers: wrongAnswers(text(), 1),
});

const http = object({
  ...common,
  kind: oneOf(['http']),
  http: object({
    service: serviceShape,
    /** Requests whose exchange is shown with the question. */
    show: optional(list(text(4000), 0, 6), []),
    goal: goalShape,
    key: text(8000),
  }),
  wrongAnswers: wrongAnswers(text(8000), 1),
});

const predict = object({
  ...common,
  kind: oneOf(['predict']),
  predict: predictShape,
  wrongAnswers: wrongAnswers(text(4000), 1),
});

const program = object({ run: oneOf(languages), code: text(), tests: text(), key: text() });
const backend = object({
  /** The folder of the broken backend, beside the question's file. */
  folder: text(200),
  checks: list(word('the id of a check, such as http/charset', /^[a-z]+\/[a-z0-9-]+$/), 1, 6),
  key: record(text()),
});
const fixAnswer = either('a text, or a mapping of files to their texts', isJsonObject, record(text()), text());

const fix = object({
  ...common,
  kind: oneOf(['fix']),
  fix: either(
    'a program with tests, or a backend with checks',
    (value) => isJsonObject(value) && 'folder' in value,
    backend,
    program,
  ),
  wrongAnswers: wrongAnswers(fixAnswer, 1),
});

const mutant = object({ mutant: word('challenge/stack/mutant', /^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+$/) });
const excerpt = object({
  file: text(200),
  code: text(),
  faults: list(object({ lines: list(integer(1, 2000), 1, 40), what: text(600) }), 0, 5),
});
const line = either(
  'the number of a line, or none',
  (value: Json) => value === 'none',
  oneOf(['none']),
  integer(1, 5000),
);

const spot = object({
  ...common,
  kind: oneOf(['spot']),
  spot: either(
    'a mutant, or a file with code and faults',
    (value) => isJsonObject(value) && 'mutant' in value,
    mutant,
    excerpt,
  ),
  wrongAnswers: wrongAnswers(line, 1),
});

const designParts = [
  'requirements',
  'data',
  'interfaces',
  'scale',
  'failure',
  'security',
  'operations',
  'trade-offs',
] as const;

const design = object({
  ...common,
  kind: oneOf(['design']),
  design: object({
    checklist: list(object({ point: text(400), says: list(text(80), 1, 30), part: oneOf(designParts) }), 4, 24),
    need: optional(integer(1, 24)),
  }),
  wrongAnswers: wrongAnswers(text(), 1),
});

const evidence = object({
  ...common,
  kind: oneOf(['evidence']),
  evidence: object({ generator: kebab }),
  wrongAnswers: wrongAnswers(json(), 0),
});

export const kindShapes = { recall, choice, order, sql, http, predict, fix, spot, design, evidence };

export type Kind = keyof typeof kindShapes;
export const kinds = [
  'recall',
  'choice',
  'order',
  'sql',
  'http',
  'predict',
  'fix',
  'spot',
  'design',
  'evidence',
] as const satisfies readonly Kind[];

export type QuestionOf<K extends Kind> = Of<(typeof kindShapes)[K]>;

/** A question as its file says it, with the variables of one seed filled in. */
export type Question = { readonly [K in Kind]: QuestionOf<K> }[Kind];

/** Kinds that are marked by running something. */
export const runKinds: readonly Kind[] = ['sql', 'http', 'predict', 'fix'];
