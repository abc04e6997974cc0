import type { Identity } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contextOf, scripted } from '../testing/scripted-for-tests.ts';
import { notes } from './notes-for-tests.ts';
import { signUpAgain } from './sign-up-again.ts';

const context = contextOf(
  notes,
  scripted(() => [201]),
);

function somebody(sent: Readonly<Record<string, string>>): Identity {
  const exchange = exchangeOf('POST /register', 201, { sent });
  return {
    name: 'user-2',
    role: null,
    login: 'anchor77@example.com',
    password: 'Quiet-Harbour7!',
    headers: [],
    query: [],
    token: null,
    profile: undefined,
    exchanges: [{ ...exchange, operation: 'register' }],
  };
}

describe('signUpAgain', () => {
  it('sends what that person sent, under a new name and with the password given', () => {
    const again = signUpAgain(
      context,
      somebody({ email: 'anchor77@example.com', password: 'Quiet-Harbour7!', name: 'distant orchard timber' }),
      'Of-The-First7!',
    );
    const body = JSON.parse(String(again?.body)) as Record<string, string>;
    expect(body).toMatchObject({ password: 'Of-The-First7!', name: 'distant orchard timber' });
    expect(body['email']).toMatch(/^\w{8}@example\.com$/);
    expect(body['email']).not.toBe('anchor77@example.com');
  });

  it('sends nothing where no name or no password can be told', () => {
    expect(signUpAgain(context, somebody({ password: 'Quiet-Harbour7!' }), 'Of-The-First7!')).toBeNull();
    expect(signUpAgain(context, somebody({ email: 'anchor77@example.com' }), 'Of-The-First7!')).toBeNull();
  });
});
