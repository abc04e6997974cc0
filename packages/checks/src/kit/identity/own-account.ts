import type { Operation } from '@assay/contract';

/** Whether an operation deletes the account of whoever asks: after it, nothing can be asked in that name any more. */
export function endsOwnAccount({ method, path }: Pick<Operation, 'method' | 'path'>): boolean {
  return (
    method === 'DELETE' && /\/(me|myself|self|(my|own|current)[-_]?(user|account)|account|profile|user)\/?$/i.test(path)
  );
}
