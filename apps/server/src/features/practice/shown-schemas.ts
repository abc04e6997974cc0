import type { Shown } from '@assay/practice';
import { Type } from 'typebox';
import { exactly, nullable } from '../../schemas.ts';

const lines = Type.Array(Type.String());

const tableSchema = exactly({
  name: Type.String(),
  columns: lines,
  rows: Type.Array(Type.Array(nullable(Type.String()))),
  more: Type.Integer({ minimum: 0, description: 'How many rows it has besides these' }),
});

const form = <F extends Shown['form']>(name: F) => Type.Literal(name);

/** What stands beside the prompt, by the form that an answer takes. */
export const shownSchema = Type.Unsafe<Shown>(
  Type.Union([
    exactly({ form: form('text') }),
    exactly({ form: form('options'), options: lines, several: Type.Boolean() }),
    exactly({ form: form('order'), items: lines }),
    exactly({
      form: form('statement'),
      schema: Type.String(),
      tables: Type.Array(tableSchema),
      expected: tableSchema,
    }),
    exactly({ form: form('request'), exchanges: lines, requests: Type.Integer() }),
    exactly({ form: form('outcome'), language: Type.String(), code: Type.String() }),
    exactly({ form: form('program'), language: Type.String(), code: Type.String(), tests: Type.String() }),
    exactly({
      form: form('files'),
      files: Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' } }),
      checks: lines,
    }),
    exactly({
      form: form('evidence'),
      prompt: Type.String(),
      exhibit: Type.String(),
      options: nullable(lines),
    }),
    exactly({
      form: form('line'),
      file: Type.String(),
      code: Type.String(),
      firstLine: Type.Integer(),
    }),
  ]),
);
