import type { Contract } from '@assay/contract';
import { type TextInput, textInputs } from '../requests/text-inputs.ts';

/** What tells of an input that it is used for what a check looks for. */
export interface Telling {
  /** It may be: it gets more than what tells nothing. */
  readonly isTelling: (input: TextInput) => boolean;
  /** Of those, it is most likely. */
  readonly isLikely: (input: TextInput) => boolean;
}

/** All inputs but those of what deletes, the likely ones first: where there are many that tell, the last of them do not get all payloads. */
export function likelyFirst(contract: Contract, { isTelling, isLikely }: Telling): readonly TextInput[] {
  const rank = (input: TextInput): number => Number(isTelling(input)) + Number(isLikely(input));
  return textInputs(contract, { choices: true })
    .filter(({ operation }) => operation.method !== 'DELETE')
    .toSorted((a, b) => rank(b) - rank(a));
}
