import { findSignIn } from '../shape/sign-in.ts';
import type { Contract, Operation, Parameter, SecurityScheme } from '../vocabulary/operation.ts';

/** Header fields that carry what a login gives. Keys that somebody is given otherwise are not among them. */
const names = /^(authorization|(x-)?((access|auth|session|jwt|bearer|user|id)-?)?token|x-(auth|authorization|jwt))$/i;

/**
 * Many documents list the header field of a token among the parameters of each operation, where a security scheme is meant. Where there is a
 * login that gives one, it is read as that.
 */
export function withTokenParameters(contract: Contract): Contract {
  const schemes = new Map<string, SecurityScheme>();
  const operations = contract.operations.map((operation): Operation => {
    const found = operation.security.length > 0 ? undefined : operation.parameters.find(isToken);
    if (found === undefined) return operation;
    const name = nameFor(found, contract);
    schemes.set(name, { name, type: 'apiKey', scheme: null, in: 'header', parameter: found.name });
    return {
      ...operation,
      parameters: operation.parameters.filter((parameter) => parameter !== found),
      security: found.required ? [[name]] : [[], [name]],
    };
  });
  if (schemes.size === 0) return contract;
  const read = { ...contract, operations, securitySchemes: [...contract.securitySchemes, ...schemes.values()] };
  return findSignIn(read) === null ? contract : read;
}

function isToken(parameter: Parameter): boolean {
  return parameter.in === 'header' && names.test(parameter.name);
}

/** The field's own name, unless a scheme of the document is called so already. */
function nameFor({ name }: Parameter, { securitySchemes }: Contract): string {
  return securitySchemes.some((scheme) => scheme.name === name) ? `${name} (parameter)` : name;
}
