import { bodyJson, type Check, isJsonObject, responseHeaderOf } from '@assay/contract';
import { judgesExploration, type Explored } from '../kit/exploration/judges-exploration.ts';
import { doesNotApply } from '../kit/judgement.ts';
import { isClientError, outcome } from '../kit/words.ts';

const problemType = 'application/problem+json';

const parts = judgesExploration(
  ({ exchange }) =>
    isClientError(exchange) && (responseHeaderOf(exchange, 'content-type') ?? '').startsWith(problemType),
  ({ exchange }) => {
    const problem = bodyJson(exchange.response?.body);
    const flaw = flawOf(problem, exchange.response?.status ?? 0);
    return flaw === null
      ? []
      : [
          {
            key: `${exchange.response?.status} ${flaw.member}`,
            title: `${outcome(exchange)} with problem details in which ${flaw.what}`,
            detail:
              'Clients act on problem details by machine (RFC 9457). A member that says something else than the response itself sends them the wrong way.',
            fix: `Build every problem in one place from the status that is sent, so that \`status\`, \`type\` and \`title\` always agree with the response.`,
          },
        ];
  },
  { oneCause: true },
);

/** Problem details say what the response says (RFC 9457, section 3.1). */
export const check: Check<Explored> = {
  id: 'http/problem-details',
  claim: 'Problem details agree with the response that carries them',
  skill: 'apis',
  severity: 'low',
  names: {},
  needs: [],
  instance: 'shared',
  over: 'http',
  ...parts,
  applies: (contract) =>
    contract.operations.some(({ responses }) =>
      responses.some(({ content }) => content.some(({ mediaType }) => mediaType === problemType)),
    )
      ? parts.applies(contract)
      : doesNotApply('the contract documents no problem details'),
};

function flawOf(problem: unknown, status: number): { readonly member: string; readonly what: string } | null {
  if (!isJsonObject(problem)) return { member: 'body', what: 'the body is not a JSON object' };
  if ((problem['status'] ?? null) !== null && problem['status'] !== status)
    return { member: 'status', what: `status is ${JSON.stringify(problem['status'])} and the response’s is ${status}` };
  for (const member of ['type', 'title', 'detail', 'instance']) {
    // null stands for a member that is left out.
    if ((problem[member] ?? null) !== null && typeof problem[member] !== 'string')
      return { member, what: `${member} is not a text` };
  }
  if (typeof problem['type'] === 'string' && !URL.canParse(problem['type'], 'http://backend.invalid'))
    return { member: 'type', what: `type is not a URI reference: ${problem['type']}` };
  return null;
}
