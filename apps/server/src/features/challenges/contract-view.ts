import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Challenge, Contract, MediaContent, Operation, Parameter } from '@assay/contract';
import { readChallengeContract } from '@assay/prove';
import { sampleValue } from './sample-value.ts';
import type { ContractView } from './schemas.ts';

/** A challenge's contract as a page shows it. */
export function contractView(challenge: Challenge): ContractView {
  const contract = readChallengeContract(challenge);
  return {
    title: contract.title,
    kind: contract.format,
    sources: challenge.contracts.map((file) => ({
      file,
      text: readFileSync(path.join(challenge.folder, file), 'utf8'),
    })),
    operations: contract.operations.map((operation) => operationView(contract, operation)),
  };
}

function operationView(contract: Contract, operation: Operation): ContractView['operations'][number] {
  const [body] = operation.requestBody?.content ?? [];
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    summary: operation.summary,
    description: operation.description,
    parameters: operation.parameters.map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required,
      description: parameter.description,
      type: typeOf(parameter),
    })),
    request: body === undefined ? null : { mediaType: body.mediaType, example: exampleOf(contract, body) },
    responses: operation.responses.map(({ status, description, content: [content] }) => ({
      status,
      description,
      mediaType: content?.mediaType ?? null,
      example: content === undefined ? null : exampleOf(contract, content),
    })),
  };
}

function exampleOf(contract: Contract, { examples, schema }: MediaContent) {
  return examples[0] ?? sampleValue(contract, schema);
}

function typeOf({ schema }: Parameter): string {
  if (typeof schema === 'boolean') return 'anything';
  const { type, format, enum: values } = schema;
  if (Array.isArray(values)) return values.map(String).join(' or ');
  const name = Array.isArray(type) ? type.join(' or ') : typeof type === 'string' ? type : 'anything';
  return typeof format === 'string' ? `${name} (${format})` : name;
}
