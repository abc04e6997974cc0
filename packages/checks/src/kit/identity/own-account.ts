import type { Operation } from '@assay/contract';

/** The end of an address that is about whoever asks. */
export const ownAccount = /\/(me|myself|self|(my|own|current)[-_]?(user|account|profile)|account|profile|user)\/?$/i;

/** Whether an operation deletes the account of whoever asks: after it, nothing can be asked in that name any more. */
export function endsOwnAccount({ method, path }: Pick<Operation, 'method' | 'path'>): boolean {
  return method === 'DELETE' && ownAccount.test(path);
}
