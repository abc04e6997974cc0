import { isJsonObject, skills } from '@assay/contract';
import { either, integer, list, object, oneOf, optional, type Shape, text, word } from '../shape/shape.ts';
import { varyShape } from '../vary/vary.ts';

/** Something that a good answer says. `says`: words and phrases of which any one shows it; needed where free text is matched. */
export interface KeyPoint {
  readonly point: string;
  readonly says: readonly string[];
}

const spokenPoint = object({ point: text(400), says: list(text(80), 1, 30) });
const plainPoint: Shape<KeyPoint> = {
  ...text(400),
  read(value, path, problems) {
    const point = text(400).read(value, path, problems);
    return point === undefined ? undefined : { point, says: [] };
  },
};

/** A key point whose words are matched. */
export const matchedPoint: Shape<KeyPoint> = spokenPoint;

/** A key point that is only told, or one whose words are matched. */
const toldPoint = either('a text, or a mapping with point and says', isJsonObject, spokenPoint, plainPoint);

/** A question asked after the answer. */
export interface FollowUp {
  readonly ask: string;
  readonly when: 'always' | 'strong' | 'weak';
  /** The number, from 1, of the key point whose absence asks for it. */
  readonly missed: number | null;
  readonly listenFor: string | null;
}

const fullFollowUp = object({
  ask: text(600),
  when: optional(oneOf(['always', 'strong', 'weak']), 'always'),
  missed: optional(integer(1, 30)),
  listenFor: optional(text(800)),
});
const shortFollowUp: Shape<FollowUp> = {
  ...text(600),
  read(value, path, problems) {
    const ask = text(600).read(value, path, problems);
    return ask === undefined ? undefined : { ask, when: 'always', missed: null, listenFor: null };
  },
};
const followUp = either('a text, or a mapping with ask', isJsonObject, fullFollowUp, shortFollowUp);

export const kebab = word('a word of lower-case letters, digits and hyphens', /^[a-z0-9]+(-[a-z0-9]+)*$/);

/** What every kind of question says. */
export const common = {
  title: text(120),
  topic: kebab,
  level: integer(1, 5),
  skill: oneOf(skills),
  source: object({ topic: text(300), url: optional(word('a web address', /^https?:\/\/\S+$/)) }),
  author: optional(text(120)),
  tags: optional(list(kebab, 0, 20), []),
  minutes: optional(integer(1, 60)),
  vary: optional(varyShape, {}),
  prompt: text(8000),
  hints: optional(list(text(800), 0, 6), []),
  looksFor: text(1500),
  keyPoints: list(toldPoint, 2, 12),
  followUps: list(followUp, 1, 10),
  modelAnswer: text(8000),
};

/** An answer that looks right to somebody and is not; `why` is told to a person who gives it. */
export interface WrongAnswer<A> {
  readonly answer: A;
  readonly why: string;
}

export function wrongAnswers<A>(answer: Shape<A>, least: number): Shape<readonly WrongAnswer<A>[]> {
  const shape = list(object({ answer, why: text(1000) }), least, 12);
  return least === 0 ? optional(shape, []) : shape;
}
