import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, answered } from '../client/api.ts';
import { keepToken } from '../client/token.ts';
import { Button } from '../design/button.tsx';
import { Field, Input } from '../design/field.tsx';
import { Refusal } from './loaded.tsx';

/** The server answers, and does not know this browser: it wants the token once. */
export function LockedPage() {
  const queries = useQueryClient();
  const [token, setToken] = useState('');
  const open = useMutation({
    mutationFn: async () => answered(await api.POST('/api/sessions', { body: { token: token.trim() } })),
    onSuccess: async () => {
      keepToken(token.trim());
      await queries.invalidateQueries();
    },
  });
  return (
    <main className="locked" id="main">
      <h1>This browser has no key yet</h1>
      <p>
        Assay lets nobody in who does not hold its token. The terminal in which it was started shows an address with the
        token in it: open that, or paste the token here.
      </p>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          open.mutate();
        }}
      >
        <Field label="Token" hint="Running assay start again shows the address once more.">
          {(ties) => (
            <Input
              {...ties}
              value={token}
              onChange={(event) => setToken(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              required
            />
          )}
        </Field>
        <Refusal error={open.error} />
        <Button type="submit" variant="primary" busy={open.isPending}>
          Open
        </Button>
      </form>
    </main>
  );
}
