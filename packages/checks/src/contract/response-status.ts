import { type Check, checkResponse } from '@assay/contract';
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
        violation.kind === 'undocumented-status'
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
