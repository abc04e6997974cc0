import type { Contract, Operation } from '@assay/contract';

/** What sets a whole backend back or ends it, by the name of its path. */
const ends =
  /^(re-?(set|seed|start)|(create|init|reset|seed|drop|clear|populate|wipe|flush|truncate)[-_]?(db|database|data|all)|init|seed|populate|wipe|flush|truncate|shut-?_?down)$/i;
/** What may stand before it without making it one of a smaller thing: `/password/reset` is none of these. */
const around = /^(api|v\d+|admin|debug|dev|test|testing|e2e|db|database|data|system|internal|actuator|_\w*)$/i;

/**
 * The contract without the operations that set everything back (`GET /createdb`, `POST /test/reset`): what is being judged beside them would be gone
 * in the middle, and be called lost. Each is named among the contract's problems.
 */
export function withoutResets(contract: Contract): Contract {
  const resets = contract.operations.filter(setsBack);
  if (resets.length === 0) return contract;
  return {
    ...contract,
    operations: contract.operations.filter((operation) => !resets.includes(operation)),
    problems: [
      ...contract.problems,
      ...resets.map(({ method, path }) => ({
        message: `${method} ${path} is left alone: by its name it sets everything back, and what is judged beside it would be gone`,
        line: null,
        column: null,
        pointer: `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`,
      })),
    ],
  };
}

function setsBack({ method, path, requestBody, soap }: Operation): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  return (
    soap === null &&
    ['GET', 'POST', 'PUT', 'DELETE'].includes(method) &&
    requestBody?.required !== true &&
    ends.test(last) &&
    parts.slice(0, -1).every((part) => around.test(part))
  );
}
