import { isJsonObject, type Json } from '../../vocabulary/json.ts';
import type { Standing } from './standing.ts';

const flows: Readonly<Record<string, string>> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
};

/** A security scheme as 3.0 has it; API keys are the same in both. */
export function securityScheme(scheme: Json, standing: Standing): Json {
  if (!isJsonObject(scheme)) return scheme;
  if (scheme['type'] === 'basic') {
    const { type: _type, ...rest } = scheme;
    return standing.as(scheme, { ...rest, type: 'http', scheme: 'basic' });
  }
  if (scheme['type'] !== 'oauth2') return scheme;
  const { flow, authorizationUrl, tokenUrl, scopes, ...rest } = scheme;
  const told = Object.fromEntries(
    Object.entries({ authorizationUrl, tokenUrl, scopes: scopes ?? {} }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    ),
  );
  return standing.as(scheme, { ...rest, flows: { [flows[String(flow)] ?? 'implicit']: told } }, { flows: 'flow' });
}
