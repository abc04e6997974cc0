import type { Check } from '@assay/contract';
import { lacksParameter } from '../kit/exploration/explore.ts';
import { foundNothing } from '../kit/exploration/found-nothing.ts';
import { type Explored, judgesExploration } from '../kit/exploration/judges-exploration.ts';
import { isLetIn } from '../kit/exploration/let-in.ts';
import { doesNotApply } from '../kit/judgement.ts';
import { outcome } from '../kit/words.ts';

const parts = judgesExploration(
  (probe) => probe.intent.kind === 'invalid' && lacksParameter(probe.intent.violation) && !foundNothing(probe),
  ({ exchange, intent }, operation) => {
    if (intent.kind !== 'invalid' || !isLetIn(exchange, operation)) return [];
    const { where, parameter, description } = intent.violation;
    return [
      {
        key: `${where} ${parameter ?? ''}`,
        title: `${outcome(exchange)} although ${description}`,
        detail:
          'A parameter that is required and may be left out unnoticed is guessed by the backend, each time differently from what the client meant.',
        fix: `Answer ${operation.id} with the documented 4xx status when ${where === 'body' ? 'the body' : `the ${where} parameter ${parameter}`} is missing, or mark it as optional.`,
      },
    ];
  },
  { behindTheDoor: true },
);

/** A request without a required query, header or cookie parameter, or without a required body, is refused. */
export const check: Check<Explored> = {
  id: 'contract/requires-parameters',
  claim: 'A request without a required parameter is refused',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-20', wfc: 'F206' },
  needs: [],
  instance: 'shared',
  over: 'http',
  ...parts,
  applies: (contract) =>
    contract.operations.some(
      (operation) =>
        operation.requestBody?.required === true ||
        operation.parameters.some((parameter) => parameter.required && parameter.in !== 'path'),
    )
      ? parts.applies(contract)
      : doesNotApply('no operation requires a parameter or a body'),
};
