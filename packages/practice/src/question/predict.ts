import { isJsonObject, type Json } from '@assay/contract';
import {
  integer,
  list,
  object,
  oneOf,
  optional,
  type Of,
  type Path,
  type Problem,
  record,
  type Shape,
  text,
} from '../shape/shape.ts';
import { serviceShape } from './service.ts';

export const languages = ['node', 'python', 'php', 'java'] as const;
export type Language = (typeof languages)[number];

const compare = oneOf(['lines', 'words', 'json', 'number']);

const program = object({
  run: oneOf(languages),
  code: text(),
  compare: optional(compare, 'lines'),
});
const isolation = object({
  run: oneOf(['isolation']),
  setup: text(),
  /** `{ A: statement }` or `{ B: statement }`. */
  steps: list(record(text(4000)), 2, 30),
  /** Which step, from 1, is asked for. */
  ask: integer(1, 30),
  what: optional(oneOf(['value', 'outcome']), 'value'),
});
const sql = object({ run: oneOf(['sql']), schema: text(), data: optional(text()), statement: text(8000) });
const plan = object({
  run: oneOf(['plan']),
  schema: text(),
  data: text(),
  statement: text(8000),
  node: optional(oneOf(['scan', 'join', 'top']), 'scan'),
});
const http = object({
  run: oneOf(['http']),
  service: serviceShape,
  request: text(8000),
  ask: text(100),
});

export type Predict = Of<typeof program> | Of<typeof isolation> | Of<typeof sql> | Of<typeof plan> | Of<typeof http>;

const runs = [...languages, 'isolation', 'sql', 'plan', 'http'] as const;
const run = oneOf(runs);

export const predictShape: Shape<Predict> = {
  expected: 'a mapping with run',
  schema: { anyOf: [program, isolation, sql, plan, http].map(({ schema }) => schema) },
  read(value: Json, path: Path, problems: Problem[]) {
    const kind =
      isJsonObject(value) && value['run'] !== undefined ? run.read(value['run'], [...path, 'run'], problems) : null;
    if (kind === undefined) return undefined;
    switch (kind) {
      case null:
        problems.push({ path, message: `"predict" needs the key "run": ${run.expected}.` });
        return undefined;
      case 'isolation':
        return isolation.read(value, path, problems);
      case 'sql':
        return sql.read(value, path, problems);
      case 'plan':
        return plan.read(value, path, problems);
      case 'http':
        return http.read(value, path, problems);
      default:
        return program.read(value, path, problems);
    }
  },
};
