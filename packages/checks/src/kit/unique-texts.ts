import { type Json, type Operation, type ProbeContext, type RequestCase, valueAt } from '@assay/contract';
import { isValidBody, stringPlaces } from './json-body.ts';
import { pinned } from './pin.ts';

/**
 * The case with every free text in its body made unlike any other in the run, as far as the schema allows: what a unique column refuses
 * the second time is then new.
 */
export function withUniqueTexts({ contract, random }: Pick<ProbeContext, 'contract' | 'random'>, operation: Operation, request: RequestCase): RequestCase {
  const body = request.body?.value as Json | undefined;
  if (body === undefined || typeof body === 'string') return request;
  return stringPlaces(body).reduce((changed, place) => {
    const word = random.unique('u');
    const options = variants(String(valueAt(body, place)), word).map((text) => pinned(changed, `body:${place}`, text));
    return options.find((option) => isValidBody(contract, operation, option.body?.value as Json)) ?? changed;
  }, request);
}

function variants(text: string, word: string): readonly string[] {
  return text.includes('@') ? [text.replace('@', `.${word}@`), `${word}@example.com`] : [`${text} ${word}`, `${text}-${word}`, `${text}${word}`, word];
}
