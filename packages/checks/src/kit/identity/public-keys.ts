import { createPublicKey, type KeyObject } from 'node:crypto';
import { bodyJson, isJsonObject, type Json, type ProbeContext } from '@assay/contract';
import type { JsonWebToken } from './json-web-token.ts';

const published = '/.well-known/jwks.json';
const settings = '/.well-known/openid-configuration';
const usual = '/oauth2/jwks';
const setName = /jwks|\bcerts?\b|\b(public|signing)[-_]?keys?\b|(^|\/)keys$/i;
const most = 12;
/** How many operations of the contract are asked for a set of keys. */
const mostSets = 3;

/** Whether a token is signed with a private key and verified with a public one, which is no secret. */
export function isKeyPair({ header }: JsonWebToken): boolean {
  return /^(RS|PS|ES|Ed)/.test(String(header['alg']));
}

/**
 * The public key that verifies a token, as the texts that a backend may have loaded it from: whoever verifies with the algorithm that the token names takes such a
 * text for the secret of HMAC. The backend publishes it, or its settings give it. Empty where it is not known.
 */
export async function publicKeysFor(context: ProbeContext, token: JsonWebToken): Promise<readonly string[]> {
  if (!isKeyPair(token)) return [];
  const texts = [
    ...Object.values(context.env).flatMap(inSetting),
    ...(await publishedKeys(context, token.header['kid'])).flatMap(printed),
  ];
  return [...new Set(texts)].slice(0, most);
}

/** The keys of the first set that has some: at the well-known address, in the contract, where the settings of OpenID Connect say, or where Spring has it. */
async function publishedKeys(
  { backend, contract }: ProbeContext,
  kid: Json | undefined,
): Promise<readonly KeyObject[]> {
  const ask = async (target: string): Promise<Json | undefined> =>
    bodyJson((await backend.send({ method: 'GET', target, as: null })).response?.body) as Json | undefined;
  const told = contract.operations
    .filter(({ method, path, soap }) => method === 'GET' && soap === null && !path.includes('{'))
    .filter(({ id, path }) => [id, path].some((text) => setName.test(text)))
    .map(({ path }) => path);
  for (const target of new Set([published, ...told.slice(0, mostSets), usual])) {
    const keys = keysOf(await ask(target), kid);
    if (keys.length > 0) return keys;
  }
  const own = await ask(settings);
  const address = isJsonObject(own) ? own['jwks_uri'] : undefined;
  // Its host is that of a deployment; the path is the backend's.
  return typeof address === 'string' && URL.canParse(address) ? keysOf(await ask(new URL(address).pathname), kid) : [];
}

/** The keys of a JSON Web Key Set (RFC 7517): the one that the token names, or all. */
function keysOf(set: Json | undefined, kid: Json | undefined): readonly KeyObject[] {
  const keys = isJsonObject(set) && Array.isArray(set['keys']) ? (set['keys'] as readonly Json[]) : [];
  const fitting = keys.filter(isJsonObject).filter((one) => kid === undefined || one['kid'] === kid);
  return fitting.flatMap((key) => read(() => createPublicKey({ key, format: 'jwk' })));
}

/** A PEM in the settings: as it stands, with its line ends escaped, or in base64. Of a private key, the public half. */
function inSetting(value: string): readonly string[] {
  const decoded = /^LS0tLS1CRUdJTi[\w+/=]+$/.test(value) ? Buffer.from(value, 'base64').toString() : value;
  const text = decoded.replaceAll(String.raw`\n`, '\n');
  if (!/^\s*-----BEGIN [A-Z ]*(?:KEY|CERTIFICATE)-----/.test(text)) return [];
  const own = text.includes('PRIVATE KEY') ? [] : [text, text.trim()];
  return read(() => createPublicKey(text)).flatMap((key) => [...own, ...printed(key)]);
}

/** A public key as tools write it, with the last line end and without. */
function printed(key: KeyObject): readonly string[] {
  const types = key.asymmetricKeyType === 'rsa' ? (['spki', 'pkcs1'] as const) : (['spki'] as const);
  return types.flatMap((type) => {
    const text = String(key.export({ type, format: 'pem' }));
    return [text, text.trimEnd()];
  });
}

function read(make: () => KeyObject): readonly KeyObject[] {
  try {
    return [make()];
  } catch {
    // A setting or an answer that is no key after all.
    return [];
  }
}
