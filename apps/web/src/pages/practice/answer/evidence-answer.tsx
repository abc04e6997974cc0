import type { ShownOf } from '../../../client/practice.ts';
import { Field, Input } from '../../../design/field.tsx';
import { useDraft } from '../use-draft.ts';
import type { ControlOf } from './answer-control.tsx';
import { OptionsAnswer } from './options-answer.tsx';
import { useTold } from './use-told.ts';

/** An option, or a whole number, of what a run recorded. */
export function EvidenceAnswer({ id, shown: { options }, onChange }: ControlOf<ShownOf<'evidence'>>) {
  if (options !== null)
    return (
      <OptionsAnswer
        id={id}
        shown={{ form: 'options', options, several: false }}
        onChange={(answer) => onChange(Array.isArray(answer) ? (answer[0] ?? null) : null)}
      />
    );
  return <NumberAnswer id={id} onChange={onChange} />;
}

function NumberAnswer({ id, onChange }: Pick<ControlOf<ShownOf<'evidence'>>, 'id' | 'onChange'>) {
  const [typed, setTyped] = useDraft(`${id}-number`, '');
  const text = typed.trim();
  const isNumber = /^\d{1,12}$/.test(text);
  useTold(isNumber ? Number(text) : null, onChange);
  return (
    <Field label="A whole number" error={text === '' || isNumber ? null : 'Digits only.'}>
      {(ties) => (
        <Input
          {...ties}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
    </Field>
  );
}
