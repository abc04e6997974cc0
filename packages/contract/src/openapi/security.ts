import type { Operation, SecurityScheme } from '../vocabulary/operation.ts';
import { type Reading, followed } from './reading.ts';
import { child, items, members, type Place, text } from './source/place.ts';

export function readSecuritySchemes(root: Place, reading: Reading): readonly SecurityScheme[] {
  const schemes: SecurityScheme[] = [];
  for (const [name, at] of members(child(child(root, 'components'), 'securitySchemes'))) {
    const place = followed(at, 'a security scheme', reading);
    const scheme = place === null ? null : readScheme(name, place, reading);
    if (scheme !== null) schemes.push(scheme);
  }
  return schemes;
}

function readScheme(name: string, at: Place, { log }: Reading): SecurityScheme | null {
  const type = child(at, 'type');
  const plain = { name, scheme: null, in: null, parameter: null };
  switch (type.value) {
    case 'oauth2':
    case 'openIdConnect':
    case 'mutualTLS':
      return { ...plain, type: type.value };
    case 'basic':
      log.odd(type, '`type: basic` is OpenAPI 2.0; since 3.0 it is `type: http` with `scheme: basic`');
      return { ...plain, type: 'http', scheme: 'basic' };
    case 'http': {
      const scheme = text(child(at, 'scheme')).toLowerCase();
      if (scheme === '') log.odd(at, `the security scheme \`${name}\` has no \`scheme\`; it is taken for bearer`);
      return { ...plain, type: 'http', scheme: scheme === '' ? 'bearer' : scheme };
    }
    case 'apiKey': {
      const where = child(at, 'in').value;
      const parameter = text(child(at, 'name'));
      if ((where === 'query' || where === 'header' || where === 'cookie') && parameter !== '')
        return { ...plain, type: 'apiKey', in: where, parameter };
      log.broken(
        at,
        `the security scheme \`${name}\` needs a \`name\` and \`in\` (query, header or cookie); it is left out`,
      );
      return null;
    }
    default:
      log.broken(
        type,
        `the security scheme \`${name}\` has no known \`type\` (apiKey, http, oauth2, openIdConnect, mutualTLS); it is left out`,
      );
      return null;
  }
}

/**
 * The alternatives of an operation: its own, or else those of the whole document. `[]` takes authentication away. Beside the schemes may
 * stand scopes (OAuth 2) or, since OpenAPI 3.1, the names of roles.
 */
export function readSecurity(
  root: Place,
  operation: Place,
  schemes: readonly SecurityScheme[],
  reading: Reading,
): Pick<Operation, 'security' | 'roles'> {
  const own = child(operation, 'security');
  const place = Array.isArray(own.value) ? own : child(root, 'security');
  if (own.value !== undefined && own.value !== null && !Array.isArray(own.value))
    reading.log.odd(own, '`security` must be a list of alternatives; it is left out');
  const known = new Set(schemes.map((scheme) => scheme.name));
  const security: string[][] = [];
  const roles: string[][] = [];
  for (const at of items(place)) {
    const named = members(at);
    const names = named.map(([name]) => name);
    const missing = names.find((name) => !known.has(name));
    if (missing === undefined) {
      security.push(names);
      roles.push(
        named.flatMap(([, list]) => items(list).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))),
      );
    } else
      reading.log.broken(
        at,
        `\`${missing}\` is not one of the security schemes that can be read; this alternative is left out`,
      );
  }
  return { security, roles: roles.every((alternative) => alternative.length > 0) ? [...new Set(roles.flat())] : [] };
}
