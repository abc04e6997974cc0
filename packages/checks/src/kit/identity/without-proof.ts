import type { Identity, RequestSpec } from '@assay/contract';
import { brokenCredentials } from './broken-credentials.ts';

/** A request that does not prove who sends it, and in what it falls short: a clause after `… answered 200`. */
interface WithoutProof {
  readonly how: string;
  readonly spec: RequestSpec;
}

export const anonymous = 'without credentials';

/** The request from nobody, from somebody whose proof is rubbish of the right form, and, where wanted, with what is no proof at all. */
export function withoutProof(
  request: RequestSpec,
  sender: Identity | null,
  { broken }: { readonly broken: boolean },
): readonly WithoutProof[] {
  const nobody = { how: anonymous, spec: { ...request, as: null } };
  if (sender === null) return [nobody];
  const stranger = { how: 'with credentials that nobody was given', as: { ...sender, ...rubbish(sender) } };
  return [
    nobody,
    ...[stranger, ...(broken ? brokenCredentials(sender) : [])].map(({ how, as }) => ({
      how,
      spec: { ...request, as },
    })),
  ];
}

function rubbish({ headers, query }: Identity): Pick<Identity, 'headers' | 'query'> {
  const spoilt = (text: string): string => text.replaceAll(/[A-Za-z0-9]/g, 'x');
  const behindScheme = (value: string): string => {
    const space = value.indexOf(' ');
    return `${value.slice(0, space + 1)}${spoilt(value.slice(space + 1))}`;
  };
  return {
    headers: headers.map(([name, value]) =>
      name.toLowerCase() === 'cookie'
        ? ([name, value.replaceAll(/=([^;]*)/g, (_, one: string) => `=${spoilt(one)}`)] as const)
        : ([name, behindScheme(value)] as const),
    ),
    query: query.map(([name, value]) => [name, spoilt(value)] as const),
  };
}
