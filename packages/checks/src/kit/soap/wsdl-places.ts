import type { Contract, Operation } from '@assay/contract';

/** What names say of their kind and not of their thing: `OrdersPortSoap11` and `OrdersService` are of orders. */
const kinds = /(Port|PortType|Service|Binding|Endpoint|Soap|Soap11|Soap12)+$/;

/**
 * Where a service gives its WSDL to whoever asks its address: with `?wsdl`, as nearly all do, or as Spring-WS does, in a file of that address that is
 * called by the name of a bean; most often it is that of the contract's file, its definitions, or its port.
 * WCF gives it at the address above those of its endpoints, and WashOut in a `wsdl` beside them.
 */
export function wsdlPlaces(
  { source, title }: Contract,
  path: string,
  operations: readonly Operation[],
): readonly string[] {
  if (path.includes('?')) return [`${path}&wsdl`];
  const file = (source.split(/[\\/]/).at(-1) ?? '').replace(/[?#].*$/, '').replace(/\.\w+$/, '');
  const names = [file, title, ...operations.flatMap(({ soap }) => (soap === null ? [] : [soap.port]))]
    .flatMap((name) => [name, name.replace(kinds, '')])
    .flatMap((name) => [name, name.charAt(0).toLowerCase() + name.slice(1)])
    .filter((name) => /^[\w.-]+$/.test(name));
  const folder = path.replace(/\/$/, '');
  const files = [...(folder === '' ? [] : [folder]), ...new Set(names.map((name) => `${folder}/${name}`))];
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  return [
    `${path}?wsdl`,
    ...files.map((each) => `${each}.wsdl`),
    ...(above === '' ? [] : [`${above}?wsdl`, `${above}/wsdl`]),
  ];
}
