import { isJsonObject, type JsonObject } from '@assay/contract';
import { oneOf, type Shape } from '../shape/shape.ts';
import { kinds, kindShapes, type Question } from './question.ts';

const kind = oneOf(kinds);

/** Any question: the shape of its kind. */
export const questionShape: Shape<Question> = {
  expected: 'a question',
  schema: {},
  read(value, path, problems): Question | undefined {
    if (!isJsonObject(value)) {
      problems.push({ path, message: 'The file must hold keys and values; see docs/questions.md.' });
      return undefined;
    }
    if (value['kind'] === undefined || value['kind'] === null) {
      problems.push({ path, message: `The file needs the key "kind": ${kind.expected}.` });
      return undefined;
    }
    const named = kind.read(value['kind'], [...path, 'kind'], problems);
    return named === undefined ? undefined : kindShapes[named].read(value, path, problems);
  },
};

/** The shape as JSON Schema, for editors. */
export function questionSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A question of the interview practice',
    description: 'One YAML file per question; docs/questions.md describes every key.',
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: [...kinds] } },
    allOf: kinds.map((each) => ({
      if: { properties: { kind: { const: each } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
      then: kindShapes[each].schema,
    })),
  };
}
