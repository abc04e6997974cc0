import { Fault } from '../vocabulary/fault.ts';
import type { Contract, Operation, Schema } from '../vocabulary/operation.ts';
import { type ReadContractOptions, readContract } from './read-contract.ts';
import { describeProblem } from './source/problem-log.ts';

/** A document of one version with the given YAML behind its head: line 1 is the version, line 2 the title. */
export function yaml(body: string, version = '3.0.3'): string {
  return `openapi: ${version}\ninfo: {title: Tests, version: '1'}\n${body.replace(/^\n/, '')}`;
}

/** A document whose one operation answers with this schema, and with these components beside it. */
export function answering(schema: string, components = '{}', version = '3.0.3'): string {
  const content = `{application/json: {schema: ${schema}}}`;
  return yaml(
    `paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: ${content}}}}}}\ncomponents: {schemas: ${components}}`,
    version,
  );
}

export function read(text: string, options?: ReadContractOptions): Contract {
  return readContract({ path: 'api.yaml', text }, options);
}

/** The problems as a person sees them. */
export function problemsOf(text: string): readonly string[] {
  return read(text).problems.map((problem) => describeProblem('api.yaml', problem));
}

export function operationOf(contract: Contract, id: string): Operation {
  const found = contract.operations.find((operation) => operation.id === id);
  if (found === undefined)
    throw new Error(`no operation ${id} among ${contract.operations.map((operation) => operation.id).join(', ')}`);
  return found;
}

/** The schema of the one answer of the document that `answering` makes. */
export function answerOf(contract: Contract): Schema {
  return contract.operations[0]?.responses[0]?.content[0]?.schema ?? false;
}

export function faultOf(action: () => unknown): Fault {
  try {
    action();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault was thrown');
}
