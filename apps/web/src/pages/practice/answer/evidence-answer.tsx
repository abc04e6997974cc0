import type { ShownOf } from '../../../client/practice.ts';
import { Field, Input } from '../../../design/field.tsx';
import { useDraft } from '../use-draft.ts';
import type { ControlOf } from './answer-control.tsx';
import { OptionsAnswer } from './options-answer.tsx';

/** An option, or a whole number, of what a run recorded. */
export function EvidenceAnswer({ id, shown: { options }, onChange }: ControlOf<ShownOf<'evidence'>>) {
  const [typed, setTyped] = useDraft(`${id}-number`, '');
  if (options !== null)
    return (
      <OptionsAnswer
        id={id}
        shown={{ form: 'options', options, several: false }}
        onChange={(answer) => onChange(Array.isArray(answer) ? (answer[0] ?? null) : null)}
      />
    );
  const isWrong = typed.trim() !== '' && !/^\d{1,12}$/.test(typed.trim());
  return (
    <Field label="A whole number" error={isWrong ? 'Digits only.' : null}>
      {(ties) => (
        <Input
          {...ties}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            const text = target.value.trim();
            onChange(/^\d{1,12}$/.test(text) ? Number(text) : null);
          }}
        />
      )}
    </Field>
  );
}
