import { type Check, checkResponse, type Exchange, type Operation } from '@assay/contract';
import { isForeignMediaType } from '../kit/exploration/foreign-media-type.ts';
import { answered, type Explored, judgesExploration } from '../kit/exploration/judges-exploration.ts';
import { outcome } from '../kit/words.ts';

/** Every body is of a documented media type and matches its schema; there is none where HTTP allows none. */
export const check: Check<Explored> = {
  id: 'contract/response-schema',
  claim: 'Every response body is what the contract documents',
  skill: 'apis',
  severity: 'medium',
  names: { wfc: 'F200' },
  needs: [],
  instance: 'shared',
  over: 'http',
  ...judgesExploration(
    answered,
    ({ exchange }, operation, contract) =>
      (isUnforeseen(exchange, operation) ? [] : checkResponse(contract, operation, exchange)).flatMap((violation) => {
        if (violation.kind === 'invalid-body') {
          const { pointer, keyword } = violation.violation;
          return [
            {
              key: `${violation.status} ${pointer.replaceAll(/\/\d+/g, '/*')} ${keyword}`,
              title: `${outcome(exchange)} with a body that is not as documented: ${violation.violation.message}`,
              detail: 'A client that reads the documented shape breaks on this answer.',
              fix: `Make the ${violation.status} response of ${operation.id} match its schema at ${pointer === '' ? 'its root' : pointer}, or correct the schema.`,
            },
          ];
        }
        if (
          violation.kind === 'undocumented-media-type' ||
          violation.kind === 'invalid-json' ||
          violation.kind === 'forbidden-body'
        ) {
          return [
            {
              key: `${violation.status} ${violation.kind}`,
              title: `${outcome(exchange)}: ${violation.message}`,
              detail: 'A client chooses how to read a body by its media type, and by what the contract says of it.',
              fix: `Send the ${violation.status} response of ${operation.id} with the media type that the contract names and a body of that type.`,
            },
          ];
        }
        return [];
      }),
    { oneCause: true },
  ),
};

/** What refuses a media type is mostly the framework, before the operation is reached: only a contract that names 415 says what that looks like. */
function isUnforeseen(exchange: Exchange, operation: Operation): boolean {
  return isForeignMediaType(exchange, operation) && !operation.responses.some(({ status }) => status === '415');
}
