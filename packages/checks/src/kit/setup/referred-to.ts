import { type Json, type ProbeContext, valueAt } from '@assay/contract';
import { operationOf } from '../requests/cases.ts';
import type { Made } from './made.ts';
import type { Setup } from './setup.ts';
import { sharedPath } from './whereabouts.ts';

/** A thing that another one was made for: the slot of an appointment, the project of a report. */
export interface ReferredTo {
  /** Where the request that made the other one names it: `body:/slotId`, `path:projectId`. */
  readonly target: string;
  readonly resource: string;
  readonly id: Json;
}

/** What a thing was made to refer to, by the request that made it. */
export function referredToBy(
  { contract }: Pick<ProbeContext, 'contract'>,
  setup: Pick<Setup, 'resource' | 'bindingsOf'>,
  made: Pick<Made, 'resource' | 'sent' | 'exchange'>,
): readonly ReferredTo[] {
  const { create } = setup.resource(made.resource);
  if (create === null) return [];
  const operation = operationOf(contract, create);
  const inPath = sharedPath(operation, made.exchange.request.target, operation);
  return setup.bindingsOf(create).flatMap(({ target, resource }) => {
    const id = target.startsWith('path:') ? inPath[target] : bodyPlace(made.sent as Json | undefined, target);
    return typeof id === 'string' || typeof id === 'number' ? [{ target, resource, id }] : [];
  });
}

/** Of those in a list the first. */
function bodyPlace(sent: Json | undefined, target: string): unknown {
  return sent === undefined || !target.startsWith('body:')
    ? undefined
    : valueAt(sent, target.slice('body:'.length).replaceAll('/*', '/0'));
}
