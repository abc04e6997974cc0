import type { Check } from '@assay/contract';

/** A check whose evidence is its own business. */
export type AnyCheck = Check;

/** The areas of the catalogue, in the order in which reports show them. */
export const areas: readonly string[] = [
  'contract',
  'http',
  'data',
  'queries',
  'schema',
  'security',
  'resilience',
  'performance',
  'soap',
  'scenario',
];
