import type { ProblemLog } from '../openapi/source/problem-log.ts';
import { soapBindings, wsdlNamespace } from '../xml/names.ts';
import { attribute, childrenOf, elementsOf } from '../xml/xml-element.ts';
import type { Components } from './components.ts';
import { Unreadable } from './unreadable.ts';
import { type Located, placeOf } from './xml-source.ts';

type Version = keyof typeof soapBindings;

/** A way to reach the operations of a port type over SOAP. */
export interface Port {
  readonly name: string;
  readonly version: Version;
  /** The path of its address. */
  readonly path: string;
  readonly binding: Located;
  readonly portType: Located;
  readonly style: 'document' | 'rpc';
}

/** The ports to judge: of each port type the first over SOAP. What else there is (SOAP 1.2 beside 1.1, plain HTTP) is told as a problem. */
export function findPorts(components: Components, log: ProblemLog): readonly Port[] {
  const ports: Port[] = [];
  const taken = new Map<string, Port>();
  for (const { located, binding, portType, name, address } of candidates(components, log)) {
    const version = versionOf(binding);
    if (version === null) {
      log.odd(placeOf(located), `the port ${name} is left out: its binding is not SOAP over HTTP`);
      continue;
    }
    const soap = childrenOf(binding.element, soapBindings[version], 'binding')[0];
    const transport = soap === undefined ? undefined : attribute(soap, 'transport');
    if (transport !== undefined && !/http\/?$/i.test(transport)) {
      log.odd(placeOf(located), `the port ${name} is left out: its transport is ${transport}, and only HTTP is spoken`);
      continue;
    }
    const key = `${portType.source.name} ${portType.element.offset}`;
    const before = taken.get(key);
    if (before !== undefined) {
      log.odd(
        placeOf(located),
        `the port ${name} is left out: ${before.name} offers the same operations over SOAP ${before.version}`,
      );
      continue;
    }
    const style = soap !== undefined && attribute(soap, 'style') === 'rpc' ? 'rpc' : 'document';
    const path = address === undefined ? '/' : pathOf(address.trim());
    if (path === null)
      log.odd(
        placeOf(located),
        `the address \`${address ?? ''}\` is no URL, so the path / is taken: write the one at which the service stands`,
      );
    const port = { name, version, path: path ?? '/', binding, portType, style } as const;
    taken.set(key, port);
    ports.push(port);
  }
  return ports;
}

interface Candidate {
  readonly located: Located;
  readonly binding: Located;
  readonly portType: Located;
  readonly name: string;
  readonly address: string | undefined;
}

function candidates(components: Components, log: ProblemLog): readonly Candidate[] {
  const candidate = (located: Located, bindingOf: () => Located, address: string | undefined): readonly Candidate[] => {
    try {
      const binding = bindingOf();
      const portType = components.referred('portType', binding, 'type');
      return [{ located, binding, portType, name: attribute(located.element, 'name') ?? '', address }];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      log.broken(error.place, error.message);
      return [];
    }
  };
  if (components.services.length === 0)
    return components.bindings.flatMap((binding) => {
      const name = attribute(binding.element, 'name') ?? '';
      log.odd(placeOf(binding), `no service says where the binding ${name} is; the path / is taken`);
      return candidate(binding, () => binding, undefined);
    });
  return components.services.flatMap(({ source, element }) =>
    childrenOf(element, wsdlNamespace, 'port').flatMap((port) => {
      const located = { source, element: port };
      const address = elementsOf(port).find(({ name }) => name === 'address');
      return candidate(
        located,
        () => components.referred('binding', located, 'binding'),
        address === undefined ? undefined : attribute(address, 'location'),
      );
    }),
  );
}

function versionOf({ element }: Located): Version | null {
  const versions = Object.keys(soapBindings) as readonly Version[];
  return versions.find((version) => childrenOf(element, soapBindings[version], 'binding').length > 0) ?? null;
}

/**
 * The path of an address; the backend is reached at its own port. The host is not looked at: it may be a placeholder (`http://HOST:${port}/ws`). Null for what
 * is no address at all (`REPLACE_WITH_ACTUAL_URL`).
 */
function pathOf(address: string): string | null {
  const path = /^https?:\/\/[^/?#]*([^#]*)/i.exec(address)?.[1] ?? (address.startsWith('/') ? address : null);
  const url = path === null ? null : URL.parse(`http://backend.invalid${path}`);
  return url === null ? null : url.pathname + url.search;
}
