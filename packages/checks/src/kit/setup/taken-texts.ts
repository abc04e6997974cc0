import { type Json, type RequestCase, valueAt } from '@assay/contract';
import { stringPlaces } from '../requests/json-body.ts';

/** Texts that a backend has accepted, by their place in the body: one that is sent there again may be refused for that alone. */
export class TakenTexts {
  readonly #seen = new Set<string>();

  /** To be told of every request that succeeded. */
  note(request: RequestCase): void {
    const body = request.body?.value as Json | undefined;
    if (body === undefined || typeof body === 'string') return;
    for (const place of stringPlaces(body)) this.#seen.add(keyOf(place, String(valueAt(body, place))));
  }

  has(place: string, text: string): boolean {
    return this.#seen.has(keyOf(place, text));
  }
}

/** Unique columns often do not tell upper from lower case. */
function keyOf(place: string, text: string): string {
  return `${place} ${text.trim().toLowerCase()}`;
}
