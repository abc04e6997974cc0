import { type Contract, headerOf, isWrittenByHttp, type Operation, type RecordedRequest } from '@assay/contract';

/**
 * Whether a request carries a header field whose syntax HTTP lays down and the contract leaves open (`If-Match: {type: string}`). What fits the schema may
 * still be no entity tag, no date and no range, or not the one that the backend has.
 */
export function carriesHttpHeader(
  { headers }: RecordedRequest,
  { parameters }: Operation,
  contract: Contract,
): boolean {
  return parameters.some(
    (parameter) => isWrittenByHttp(contract, parameter) && headerOf(headers, parameter.name) !== undefined,
  );
}
