import type { Identity } from '@assay/contract';

/** Whether what this person sends holds the token. */
export function carries({ headers, query }: Identity, token: string): boolean {
  return [...headers, ...query].some(([, value]) => value.includes(token));
}

/** The same person with another token in place of theirs. */
export function withToken(identity: Identity, token: string): Identity {
  const swap = (value: string): string => value.replaceAll(identity.token ?? '', () => token);
  return {
    ...identity,
    headers: identity.headers.map(([name, value]) => [name, swap(value)] as const),
    query: identity.query.map(([name, value]) => [name, swap(value)] as const),
  };
}

/** The same, with every other cookie spoilt: another one may be what says who somebody is, or renew what is no longer good. */
export function withTokenAlone(identity: Identity, token: string): Identity {
  const headers = identity.headers.map(([name, value]) => {
    if (name.toLowerCase() !== 'cookie') return [name, value] as const;
    const own = value.replaceAll(/=([^;]*)/g, (pair, one: string) =>
      one.includes(identity.token ?? '') ? pair : `=${spoilt(one)}`,
    );
    return [name, own] as const;
  });
  return withToken({ ...identity, headers }, token);
}

/** One character in the middle is another, in hexadecimal too: the last ones of base64 may hold bits that nobody reads. */
export function spoilt(text: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${/a/i.test(text[at] ?? '') ? 'B' : 'A'}${text.slice(at + 1)}`;
}
