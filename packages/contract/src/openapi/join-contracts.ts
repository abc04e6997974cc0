import type { Contract, Operation } from '../vocabulary/operation.ts';

/**
 * Several contracts of one backend as one list of operations, such as the WSDL of its SOAP face and the OpenAPI document of its REST face. An
 * operation whose id is taken gets its title in front. Definitions of a WSDL have names that no OpenAPI document can have; those of two
 * OpenAPI documents are kept apart by renaming nothing, so only one of them may be an OpenAPI document.
 */
export function joinContracts(contracts: readonly Contract[]): Contract {
  const [first, ...others] = contracts;
  if (first === undefined) throw new Error('there is no contract to join');
  const ids = new Set<string>();
  const operations = contracts.flatMap((contract) =>
    contract.operations.map((operation): Operation => {
      const id = ids.has(operation.id) ? `${operation.soap?.port ?? contract.title}.${operation.id}` : operation.id;
      ids.add(id);
      return id === operation.id ? operation : { ...operation, id };
    }),
  );
  return {
    ...first,
    operations,
    definitions: Object.fromEntries(contracts.flatMap(({ definitions }) => Object.entries(definitions))),
    securitySchemes: contracts.flatMap(({ securitySchemes }) => securitySchemes),
    problems: [
      ...first.problems,
      ...others.flatMap(({ source, problems }) =>
        problems.map((problem) => ({ ...problem, pointer: `${source}#${problem.pointer}` })),
      ),
    ],
  };
}
