import { isDeepStrictEqual } from 'node:util';
import type { Contract, Operation } from '../vocabulary/operation.ts';
import { Fault } from '../vocabulary/fault.ts';

/**
 * Several contracts of one backend as one list of operations, such as the OpenAPI document of its REST face and the WSDL of its SOAP face. The
 * first gives the title and the source. An operation whose id is taken gets the name of its port, or its contract's title, in front.
 *
 * @throws Fault `bad-contract` where two contracts call different schemas, or different security schemes, by one name
 */
export function joinContracts(contracts: readonly Contract[]): Contract {
  const [first, ...others] = contracts;
  if (first === undefined) throw new Error('there is no contract to join');
  const ids = new Set<string>();
  const operations = contracts.flatMap((contract) => renamed(contract, ids));
  const definitions = byName(contracts, ({ definitions: all }) => Object.entries(all));
  const schemes = byName(contracts, ({ securitySchemes }) => securitySchemes.map((each) => [each.name, each] as const));
  return {
    ...first,
    operations,
    definitions: Object.fromEntries(definitions),
    securitySchemes: [...schemes.values()],
    problems: [
      ...first.problems,
      ...others.flatMap(({ source, problems }) =>
        problems.map((problem) => ({ ...problem, pointer: `${source}#${problem.pointer}` })),
      ),
    ],
  };
}

/** The operations under ids that none before has; links follow the operations of their own contract. */
function renamed(contract: Contract, ids: Set<string>): readonly Operation[] {
  const names = new Map(contract.operations.map((operation) => [operation.id, newId(operation, contract.title, ids)]));
  for (const id of names.values()) ids.add(id);
  const nameOf = (id: string): string => names.get(id) ?? id;
  return contract.operations.map((operation) => ({
    ...operation,
    id: nameOf(operation.id),
    responses: operation.responses.map((response) => ({
      ...response,
      links: response.links.map((link) => ({ ...link, operation: nameOf(link.operation) })),
    })),
  }));
}

function newId({ id, soap }: Operation, title: string, ids: ReadonlySet<string>): string {
  if (!ids.has(id)) return id;
  const long = `${soap?.port ?? title}.${id}`;
  for (let count = 2, name = long; ; count += 1) {
    if (!ids.has(name)) return name;
    name = `${long}-${count}`;
  }
}

/** What all contracts name, where one name stands for one thing. */
function byName<T>(
  contracts: readonly Contract[],
  named: (contract: Contract) => readonly (readonly [name: string, value: T])[],
): ReadonlyMap<string, T> {
  const found = new Map<string, { readonly value: T; readonly source: string }>();
  for (const contract of contracts) {
    for (const [name, value] of named(contract)) {
      const before = found.get(name);
      if (before !== undefined && !isDeepStrictEqual(before.value, value))
        throw new Fault(
          'bad-contract',
          `${contract.source} and ${before.source} both name ${name}, and mean different things. Contracts of one backend are read as one, so call it differently in one of them.`,
        );
      found.set(name, { value, source: contract.source });
    }
  }
  return new Map([...found].map(([name, { value }]) => [name, value]));
}
