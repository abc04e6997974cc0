import type { Check, Contract, Instance } from '@assay/contract';
import { expect } from 'vitest';
import { judged, type Told } from '../kit/testing/recordings-for-tests.ts';
import { contextOf } from '../kit/testing/scripted-for-tests.ts';
import { type Flaw, notesService, type Style } from './service-for-tests.ts';

/** What a check says of the service for notes, asked over real sockets. */
export async function told<E>(
  check: Check<E>,
  flaws: readonly Flaw[] = [],
  version: '1.1' | '1.2' = '1.1',
  style: Style = 'document',
  seen: (instance: Instance, contract: Contract) => Instance = (instance) => instance,
): Promise<Told> {
  const { contract, instance: service } = await notesService(flaws, version, style);
  const instance = seen(service, contract);
  let words = 0;
  const { random } = contextOf(contract, instance);
  const unique = (prefix: string): string => `${prefix}${(words += 1)}`;
  const context = contextOf(contract, instance, { random: { ...random, unique } });
  expect(check.applies(contract, context.shape, null)).toEqual({ applies: true });
  return judged(check, await check.probe(context), contract);
}
