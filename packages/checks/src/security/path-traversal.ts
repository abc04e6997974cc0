import { bodyText, type Check, type Exchange } from '@assay/contract';
import { applies, distinct, doesNotApply } from '../kit/judgement.ts';
import { likelyFirst, type Telling } from '../kit/payloads/likely-first.ts';
import { judgedPlanted, type Payload, placeInWords, plantEach, type Tally } from '../kit/payloads/plant.ts';
import type { TextInput } from '../kit/requests/text-inputs.ts';

interface Suspect {
  readonly operation: string;
  readonly place: string;
  readonly payload: string;
  readonly exchange: Exchange;
}

interface Evidence {
  readonly tally: Tally;
  readonly suspects: readonly Suspect[];
}

/** What is a file by its name, and what may be one. */
const likely = /file|path|folder|^dir|attachment|download|template/i;
const telling =
  /file|path|folder|dir|document|doc$|attachment|download|image|photo|avatar|template|page|include|view|theme|lang|locale|log|key|^name$/i;
const marks: Telling = {
  isTelling: (input) => telling.test(input.name) || isOfFiles(input),
  isLikely: (input) => likely.test(input.name) || isOfFiles(input),
};
/** More steps than any folder is deep: above the root there is the root. */
const up = 16;

/**
 * No input names a file outside of what is served. The proof: the answer holds the line of `root` in /etc/passwd, which every system has, is in the
 * sandbox too, and nobody sent.
 */
export const check: Check<Evidence> = {
  id: 'security/path-traversal',
  claim: 'No input reaches a file that is not meant to be served',
  skill: 'apis',
  severity: 'critical',
  names: { cwe: 'CWE-22', owasp: 'API8:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract) =>
    likelyFirst(contract, marks).length > 0 ? applies : doesNotApply('no operation takes a text'),
  probe: async (context) => {
    const suspects: Suspect[] = [];
    const tally = await plantEach(
      context,
      likelyFirst(context.contract, marks),
      (input) => payloads().slice(0, marks.isTelling(input) ? undefined : 2),
      ({ input, payload, exchange }) => {
        if (!showsPasswd(exchange)) return false;
        suspects.push({ operation: input.operation.id, place: input.place, payload: payload.value, exchange });
        return true;
      },
      { isTelling: marks.isTelling },
    );
    return { tally, suspects };
  },
  judge: ({ tally, suspects }) =>
    judgedPlanted(
      tally,
      distinct(
        suspects
          .filter(({ exchange }) => showsPasswd(exchange))
          .map(({ operation, place, payload, exchange }) => ({
            key: `${operation} ${place}`,
            title: `${placeInWords(operation, place)} reads any file of the machine`,
            detail: `The value ${payload} was sent, and the answer holds /etc/passwd. Whatever the backend’s user may read is read like that: its settings with their secrets, its sources, other people’s uploads.`,
            fix: 'Keep a list of what may be served (in the database) and look the name up in it. Where names are files, resolve the whole path first and refuse it unless it begins with the folder and a separator; taking "../" out of the text is not enough.',
            operation,
            evidence: [{ kind: 'exchange' as const, exchange }],
          })),
      ),
    ),
};

function isOfFiles({ place, operation }: TextInput): boolean {
  return (
    place.startsWith('path:') && /file|attachment|download|upload|asset|image|static|media|export/i.test(operation.path)
  );
}

function payloads(): readonly Payload[] {
  const steps = (step: string): string => step.repeat(up);
  return [
    { value: `${steps('../')}etc/passwd` },
    { value: '/etc/passwd' },
    // What is left when "../" is taken out once.
    { value: `${steps('....//')}etc/passwd` },
    { value: `${steps('../')}etc/passwd`, raw: true },
    { value: `${steps('%2e%2e/')}etc/passwd`, raw: true },
    { value: `${steps('%252e%252e%252f')}etc%252fpasswd`, raw: true },
    { value: `${steps('..%5c')}etc/passwd`, raw: true },
    { value: '%2fetc%2fpasswd', raw: true },
    { value: `a/${steps('../')}etc/passwd` },
    { value: `${steps('../')}etc/passwd\u0000.txt` },
    { value: 'file:///etc/passwd' },
  ];
}

function showsPasswd({ response }: Exchange): boolean {
  if (response === undefined) return false;
  const line = /\broot:[^:\s]{0,120}:0:0:/;
  const text = bodyText(response.body);
  return line.test(text) || textsInBase64(text).some((inner) => line.test(inner));
}

/** Files often travel in JSON as Base64. */
function textsInBase64(text: string): readonly string[] {
  return [...text.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(([run]) => Buffer.from(run, 'base64').toString('latin1'));
}
