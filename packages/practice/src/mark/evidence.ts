import { Fault } from '@assay/contract';
import type { EvidenceQuestion, RunRecord } from '../evidence/evidence-question.ts';
import { generators } from '../evidence/generators.ts';
import { readSampleRun } from '../evidence/sample-run.ts';
import { nearestWord } from '../shape/nearest-word.ts';
import type { QuestionOf } from '../question/question.ts';
import { drawFrom } from '../vary/random.ts';
import { type Answer, failed, type Mark, passed } from './mark.ts';
import { type Marker, nothing, same } from './marker.ts';

/** Of the person's last run; without one, of a run that comes with Assay. */
export function markEvidence(question: QuestionOf<'evidence'>, seed: number, run: RunRecord | null): Marker {
  const name = question.evidence.generator;
  const generate = Object.hasOwn(generators, name) ? generators[name] : undefined;
  if (generate === undefined) {
    const near = nearestWord(name, Object.keys(generators));
    throw new Fault(
      'bad-question',
      `There is no generator "${name}". ${near === null ? `There are: ${Object.keys(generators).join(', ')}.` : `Did you mean ${near}?`}`,
    );
  }
  const draw = drawFrom(seed, `evidence ${name}`);
  const own = run === null ? null : generate(run, draw);
  const made = own ?? generate(readSampleRun(), draw);
  if (made === null) throw new Fault('bad-question', `The generator ${name} finds nothing to ask about.`);
  const whose =
    own === null
      ? 'From a sample run of the challenge ledger (run `assay check` to have questions about your own backend).'
      : 'From your own last run.';
  return {
    shown: { form: 'evidence', prompt: `${whose}\n\n${made.prompt}`, exhibit: made.exhibit, options: made.options },
    mark: (answer) => Promise.resolve(judge(made, answer)),
    key: () => Promise.resolve(made.key),
    asGiven: same,
    close: nothing,
  };
}

function judge({ key, why, options }: EvidenceQuestion, answer: Answer): Mark {
  const single = Array.isArray(answer) && answer.length === 1 ? (answer[0] ?? null) : answer;
  const text = typeof single === 'number' || typeof single === 'string' ? String(single).trim() : '';
  if (!/^\d{1,12}$/.test(text))
    return failed(
      options === null
        ? 'The answer must be a whole number.'
        : `The answer must be a number from 1 to ${options.length}.`,
    );
  return Number(text) === key ? passed(why) : failed(why);
}
