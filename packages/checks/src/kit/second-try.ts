import { type Contract, isJsonObject, type Json, type Operation, type Random, type RequestCase } from '@assay/contract';
import { isValidBody } from './json-body.ts';
import { withUniqueTexts } from './unique-texts.ts';

/**
 * Another valid request for something that was refused: with texts that are new and look like what their fields are called, and every
 * second time without whatever the schema does not require. Many contracts say less than their backend asks for.
 * @param attempt 1 for the first repetition.
 */
export function secondTry(
  context: { readonly contract: Contract; readonly random: Pick<Random, 'unique'> },
  operation: Operation,
  request: RequestCase,
  attempt: number,
): RequestCase {
  const wanted = attempt % 2 === 1 ? request : withoutOptional(context.contract, operation, request);
  return withUniqueTexts(context, operation, wanted, { likely: true });
}

function withoutOptional(contract: Contract, operation: Operation, request: RequestCase): RequestCase {
  const body = request.body?.value as Json | undefined;
  if (request.body === undefined || !isJsonObject(body)) return request;
  const least = Object.keys(body).reduce<Json>((kept, name) => {
    const less = Object.fromEntries(
      Object.entries(kept as Readonly<Record<string, Json>>).filter(([key]) => key !== name),
    );
    return isValidBody(contract, operation, less) ? less : kept;
  }, body);
  return { ...request, body: { ...request.body, value: least } };
}
