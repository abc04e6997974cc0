import { type Check, checkResponse, type Exchange, headerOf, type Operation } from '@assay/contract';
import { outcome } from '../kit/words.ts';
import { answered, type Explored, judgesExploration } from '../kit/judges-exploration.ts';

/** Every answer has a status that the contract documents for its operation. Server errors are left to contract/no-server-error. */
export const check: Check<Explored> = {
  id: 'contract/response-status',
  claim: 'Every answer has a status that the contract documents',
  skill: 'apis',
  severity: 'medium',
  names: { wfc: 'F200' },
  needs: [],
  instance: 'shared',
  over: 'http',
  ...judgesExploration(
    answered,
    ({ exchange }, operation, contract) =>
      checkResponse(contract, operation, exchange).flatMap((violation) =>
        violation.kind === 'undocumented-status' && !isForeignMediaType(exchange, operation)
          ? [
              {
                key: String(violation.status),
                title: `${outcome(exchange)}; ${violation.message.split('; ')[1] ?? 'the contract does not allow it'}`,
                detail: `A client is written against the contract. A status that it does not name is one that no client is prepared for.`,
                fix: `Answer ${operation.id} with a status that the contract names, or add ${violation.status} to its responses if it is meant.`,
              },
            ]
          : [],
      ),
    { oneCause: true },
  ),
};

/** 415 to a media type that the contract does not name: no client that is written against it will ever see that. */
function isForeignMediaType({ request, response }: Exchange, { requestBody }: Operation): boolean {
  const sent = (headerOf(request.headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  return (
    response?.status === 415 &&
    !(requestBody?.content ?? []).some(({ mediaType }) => mediaType.split(';')[0]?.trim().toLowerCase() === sent)
  );
}
