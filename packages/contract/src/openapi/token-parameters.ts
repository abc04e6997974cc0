import { findSignIn, isLogin } from '../shape/sign-in.ts';
import type { Contract, Operation, Parameter, SecurityScheme } from '../vocabulary/operation.ts';

/** Header fields that carry what a login gives. Keys that somebody is given otherwise are not among them. */
const names = /^(authorization|(x-)?((access|auth|session|jwt|bearer|user|id)-?)?token|x-(auth|authorization|jwt))$/i;

/**
 * Many documents list the header field of a token among the parameters of each operation, where a security scheme is meant. Where there is a
 * login that gives one, it is read as that. What else is said of `Authorization` is ignored, as OpenAPI has it.
 */
export function withTokenParameters(contract: Contract): Contract {
  const plain = withoutAuthorization(contract);
  const schemes = new Map<string, SecurityScheme>();
  const operations = contract.operations.map((operation): Operation => {
    const isAsked = operation.security.length > 0 || isLogin(operation, contract);
    const found = isAsked ? undefined : operation.parameters.find(isToken);
    if (found === undefined) return operation;
    const name = nameFor(found, contract);
    schemes.set(name, schemeOf(found, name));
    return {
      ...operation,
      parameters: operation.parameters.filter((parameter) => parameter !== found),
      security: found.required ? [[name]] : [[], [name]],
    };
  });
  if (schemes.size === 0) return plain;
  const read = { ...contract, operations, securitySchemes: [...contract.securitySchemes, ...schemes.values()] };
  return findSignIn(read) === null ? plain : withoutAuthorization(read);
}

function isToken(parameter: Parameter): boolean {
  const { in: place, name, description, examples } = parameter;
  return place === 'header' && names.test(name) && !/\bbasic\b/i.test([description, ...examples].join(' '));
}

function isAuthorization({ in: place, name }: Parameter): boolean {
  return place === 'header' && name.toLowerCase() === 'authorization';
}

function withoutAuthorization(contract: Contract): Contract {
  const operations = contract.operations.map((operation) =>
    operation.parameters.some(isAuthorization)
      ? { ...operation, parameters: operation.parameters.filter((parameter) => !isAuthorization(parameter)) }
      : operation,
  );
  return { ...contract, operations };
}

function schemeOf(parameter: Parameter, name: string): SecurityScheme {
  return isAuthorization(parameter)
    ? { name, type: 'http', scheme: 'bearer', in: null, parameter: null }
    : { name, type: 'apiKey', scheme: null, in: 'header', parameter: parameter.name };
}

/** The field's own name, unless a scheme of the document is called so already. */
function nameFor({ name }: Parameter, { securitySchemes }: Contract): string {
  return securitySchemes.some((scheme) => scheme.name === name) ? `${name} (parameter)` : name;
}
