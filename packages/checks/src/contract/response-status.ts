import { type Check, checkResponse, type Exchange, type Judgement, type Operation } from '@assay/contract';
import { isForeignMediaType } from '../kit/exploration/foreign-media-type.ts';
import { answered, type Complaint, type Explored, judgesExploration } from '../kit/exploration/judges-exploration.ts';
import { judged } from '../kit/judgement.ts';
import { count, outcome, status } from '../kit/words.ts';

const exploring = judgesExploration(
  // Where the contract names no response, any may come.
  (probe, operation) => answered(probe) && operation.responses.length > 0,
  ({ exchange }, operation, contract) => [
    ...moved(exchange, operation),
    ...checkResponse(contract, operation, exchange).flatMap((violation) =>
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
  ],
  { oneCause: true },
);

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
  ...exploring,
  judge: (evidence, contract) =>
    isNothingThere(evidence) ? nothingThere(evidence) : exploring.judge(evidence, contract),
};

/** The path of the contract is served only with another slash at its end, and the contract does not say so. */
function moved({ movedFrom, request }: Exchange, { responses }: Operation): readonly Complaint[] {
  if (movedFrom === undefined || responses.some(({ status: named }) => named === String(movedFrom.status))) return [];
  const path = (target: string): string => target.split('?')[0] ?? '';
  return [
    {
      key: `${movedFrom.status} moved`,
      title: `${request.method} ${path(movedFrom.target)} answered ${movedFrom.status}: it is served as ${path(request.target)}`,
      detail:
        'A client that is written against the contract gets a redirection, and loses a round trip each time; some do not follow it, and some lose the body or the credentials on the way. Everything else here was judged where it led to.',
      fix: `Serve the path as the contract writes it, or write it in the contract as it is served: ${path(request.target)}.`,
      severity: 'low',
    },
  ];
}

/** Not one request to any of several operations was answered by anything but a 404 that the contract does not name. */
function isNothingThere({ suspects, looked, operations }: Explored): boolean {
  return operations > 1 && suspects.length === looked && suspects.every(({ exchange }) => status(exchange) === 404);
}

function nothingThere({ suspects, operations }: Explored): Judgement {
  return judged(
    suspects.slice(0, 1).map(({ exchange }) => ({
      key: 'nothing there',
      title: `Every request to ${count(operations, 'operation')} answered 404: none of the contract’s paths is served`,
      detail: `${outcome(exchange)}, and so did everything else. Usually the backend serves its paths below a prefix that the document leaves out.`,
      fix: 'Name the prefix in the document: the path of the first of `servers` (`basePath` in Swagger 2.0), or in each path.',
      severity: 'critical' as const,
      evidence: [{ kind: 'exchange' as const, exchange }],
    })),
    '',
  );
}
