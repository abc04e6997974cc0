import type { Exchange, Instance, ProbeContext, Statement } from '@assay/contract';
import type { SignedUp } from './same-for-both.ts';
import { columnHolding, formsOf, type StoredForm, writtenValues } from './stored-passwords.ts';

/** A column in which a password was found, and in which form. */
export interface StoredPassword {
  readonly column: string;
  readonly form: StoredForm['form'];
  readonly text: string;
}

/** Sends something that holds a password, and keeps what the backend wrote meanwhile. */
export async function watched(
  context: ProbeContext,
  password: string,
  send: () => Promise<Exchange>,
): Promise<SignedUp> {
  const mark = context.backend.wire?.mark() ?? 0;
  const exchange = await send();
  await context.backend.wire?.idle(5, context.signal);
  return { password, exchange, writes: writesSince(context, mark) };
}

export function writesSince({ backend }: ProbeContext, mark: number): readonly Statement[] {
  return (backend.wire?.since(mark) ?? []).filter((statement) => writtenValues(statement) !== null);
}

/** Where a password or a fast hash of it stands in the database; null when nowhere. */
export async function storedForm(
  backend: Instance,
  { password }: { readonly password: string },
): Promise<StoredPassword | null> {
  const forms = formsOf(password);
  const found = await columnHolding(
    backend,
    forms.map(({ text }) => text),
  );
  const form = forms.find(({ text }) => text === found?.text);
  return found === null || form === undefined ? null : { ...found, form: form.form };
}
