import { type Check, checkResponse } from '@assay/contract';
import { answered, type Explored, judgesExploration } from '../kit/exploration/judges-exploration.ts';
import { doesNotApply } from '../kit/judgement.ts';
import { outcome } from '../kit/words.ts';

const parts = judgesExploration(answered, ({ exchange }, operation, contract) =>
  checkResponse(contract, operation, exchange).flatMap((violation) =>
    violation.kind === 'missing-header' || violation.kind === 'invalid-header'
      ? [
          {
            key: `${violation.status} ${violation.header.toLowerCase()} ${violation.kind}`,
            title: `${outcome(exchange)}, but ${violation.message}`,
            detail:
              'Clients and caches act on header fields without looking at the body; one that is promised and missing breaks them silently.',
            fix: `Set ${violation.header} on the ${violation.status} response of ${operation.id} as the contract describes it.`,
          },
        ]
      : [],
  ),
);

/** Every header field that the contract requires of a response is there, and those that are there are as documented. */
export const check: Check<Explored> = {
  id: 'contract/response-headers',
  claim: 'Every documented response header is sent as documented',
  skill: 'apis',
  severity: 'medium',
  names: { wfc: 'F200' },
  needs: [],
  instance: 'shared',
  over: 'http',
  ...parts,
  applies: (contract) =>
    contract.operations.some((operation) => operation.responses.some((response) => response.headers.length > 0))
      ? parts.applies(contract)
      : doesNotApply('the contract documents no response headers'),
};
