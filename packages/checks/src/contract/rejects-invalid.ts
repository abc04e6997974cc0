import {
  canBeViolated,
  type Check,
  type Contract,
  type Operation,
  UnsupportedSchema,
  violationKinds,
} from '@assay/contract';
import { lacksParameter } from '../kit/exploration/explore.ts';
import { foundNothing } from '../kit/exploration/found-nothing.ts';
import { type Explored, judgesExploration } from '../kit/exploration/judges-exploration.ts';
import { isLetIn } from '../kit/exploration/let-in.ts';
import { doesNotApply } from '../kit/judgement.ts';
import { outcome } from '../kit/words.ts';

const parts = judgesExploration(
  (probe) => probe.intent.kind === 'invalid' && !lacksParameter(probe.intent.violation) && !foundNothing(probe),
  ({ exchange, intent }, operation) => {
    if (intent.kind !== 'invalid' || !isLetIn(exchange, operation)) return [];
    const { where, parameter, pointer, keyword, description } = intent.violation;
    return [
      {
        key: `${where} ${parameter ?? ''}${pointer} ${keyword}`,
        title: `${outcome(exchange)} although ${description}`,
        detail:
          exchange.request.method === 'GET'
            ? 'The client asked for something that the contract does not know, and got an answer to another question without being told.'
            : 'What is let in against the contract is stored, or taken for something else, and is what every later reader has to cope with.',
        fix: `Check the ${where === 'body' ? 'body' : `${where} parameters`} of ${operation.id} against the contract before acting on it, and answer with the documented 4xx status.`,
      },
    ];
  },
  { behindTheDoor: true, oneCause: true },
);

/** A request that violates the contract is refused with a 4xx status, never accepted. */
export const check: Check<Explored> = {
  id: 'contract/rejects-invalid',
  claim: 'What the contract forbids is refused',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-20', wfc: 'F206' },
  needs: [],
  instance: 'shared',
  over: 'http',
  ...parts,
  applies: (contract) =>
    contract.operations.length > 0 && !contract.operations.some((operation) => forbidsAnything(contract, operation))
      ? doesNotApply('nothing that the operations take can be violated')
      : parts.applies(contract),
};

/** Whether its contract forbids anything but to leave out a parameter, which is the business of contract/requires-parameters. */
function forbidsAnything(contract: Contract, operation: Operation): boolean {
  const kinds = operation.requestBody === null ? violationKinds.filter((kind) => kind !== 'missing') : violationKinds;
  try {
    return canBeViolated(contract, operation, kinds);
  } catch (error) {
    if (error instanceof UnsupportedSchema) return true;
    throw error;
  }
}
