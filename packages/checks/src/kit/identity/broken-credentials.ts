import type { Identity } from '@assay/contract';

/** Credentials that are none, and what is wrong with them: a clause after `… answered 500`. */
interface Broken {
  readonly how: string;
  readonly as: Identity;
}

/** The bytes of `é` in UTF-8, each as a header field carries it. */
const beyondAscii = Buffer.from('é').toString('latin1');

/**
 * What whoever reads credentials may stumble over before it can refuse them: a scheme without a token, parts that are not there, bytes that are
 * no text. Of the kind that the person has: a token behind a scheme, a JSON web token, name and password (RFC 7617), a bare key, a cookie.
 */
export function brokenCredentials(sender: Identity): readonly Broken[] {
  const proof = sender.headers.find(([name]) => name.toLowerCase() === 'authorization');
  if (proof === undefined) {
    const { token } = sender;
    return token === null ? [] : tokensLike(token).map(({ how, text }) => ({ how, as: carrying(sender, token, text) }));
  }
  const [, value] = proof;
  const space = value.indexOf(' ');
  const [scheme, token] = [value.slice(0, Math.max(0, space)), value.slice(space + 1)];
  const inField = (how: string, text: string): Broken => ({ how, as: carrying(sender, value, text) });
  if (/^basic$/i.test(scheme)) {
    const basic = (bytes: string): string => `${scheme} ${Buffer.from(bytes, 'latin1').toString('base64')}`;
    return [
      inField(`with ${scheme} and nothing after it`, scheme),
      inField('with credentials that are not Base64', `${scheme} %`),
      inField('with a name and no colon', basic('nobody')),
      inField('with credentials that are not UTF-8', basic('\xff:\xff')),
    ];
  }
  const tokens = tokensLike(token).map(({ how, text }) => inField(how, scheme === '' ? text : `${scheme} ${text}`));
  if (scheme === '') return tokens;
  return [
    inField(`with ${scheme} and no token`, scheme),
    inField(`with two words after ${scheme}`, `${scheme} no token`),
    ...tokens,
  ];
}

function tokensLike(token: string): readonly { readonly how: string; readonly text: string }[] {
  const other = { how: 'with a token that is not ASCII', text: `x${beyondAscii}` };
  if (token.split('.').length !== 3) return [other];
  const nothing = Buffer.from('null').toString('base64url');
  return [
    { how: 'with a token of one part', text: 'x' },
    { how: 'with a token whose parts hold null', text: `${nothing}.${nothing}.${nothing}` },
    other,
  ];
}

/** The person with another text wherever their proof stands. */
function carrying(sender: Identity, proof: string, text: string): Identity {
  const changed = <Field extends readonly (readonly [string, string])[]>(fields: Field) =>
    fields.map(([name, value]) => [name, value.replaceAll(proof, text)] as const);
  return { ...sender, headers: changed(sender.headers), query: changed(sender.query) };
}
