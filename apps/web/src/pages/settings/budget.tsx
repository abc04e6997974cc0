import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Field, Input } from '../../design/field.tsx';

const [least, most] = [10, 86_400];

/** How many seconds the checks of a run may take. */
export function Budget({
  seconds,
  busy,
  onSave,
}: {
  readonly seconds: number | null;
  readonly busy: boolean;
  readonly onSave: (seconds: number | null) => void;
}) {
  const [typed, setTyped] = useState(seconds === null ? '' : String(seconds));
  const value = typed.trim() === '' ? null : Number(typed);
  const isWrong = value !== null && !(Number.isInteger(value) && value >= least && value <= most);
  return (
    <form
      className="budget"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!isWrong) onSave(value);
      }}
    >
      <Field
        label="Seconds for the checks"
        hint="Empty: as long as Assay thinks right. What does not fit in is undecided, never passed."
        error={isWrong ? `A whole number from ${least} to ${most.toLocaleString('en')}.` : null}
      >
        {(ties) => (
          <Input {...ties} inputMode="numeric" value={typed} onChange={({ target }) => setTyped(target.value)} />
        )}
      </Field>
      <Button type="submit" busy={busy} disabled={isWrong}>
        Save
      </Button>
    </form>
  );
}
