import { useId } from 'react';
import type { ShownOf } from '../../../client/practice.ts';
import { Markdown } from '../../../markdown/markdown.tsx';
import { useShortcuts } from '../../../shell/keyboard/use-shortcuts.ts';
import { useDraft } from '../use-draft.ts';
import type { ControlOf } from './answer-control.tsx';
import { useTold } from './use-told.ts';

/** One of several options, or some of them; the digits choose. */
export function OptionsAnswer({
  id,
  shown: { options, several },
  onChange,
}: Pick<ControlOf<ShownOf<'options'>>, 'id' | 'shown' | 'onChange'>) {
  const [chosen, setChosen] = useDraft<number[]>(id, []);
  const name = useId();
  useTold(chosen.length === 0 ? null : chosen, onChange);
  const choose = (number: number): void =>
    setChosen(
      !several
        ? [number]
        : chosen.includes(number)
          ? chosen.filter((one) => one !== number)
          : [...chosen, number].toSorted((a, b) => a - b),
    );
  useShortcuts(
    options.slice(0, 9).map((_, index) => ({
      keys: String(index + 1),
      label: `Choose ${index + 1}`,
      group: 'This question',
      run: () => {
        choose(index + 1);
        document.getElementById(`${name}-${index + 1}`)?.focus();
      },
    })),
  );
  return (
    <fieldset className="options">
      <legend>{several ? 'All that are right' : 'The one that is right'}</legend>
      {options.map((option, index) => (
        <label key={option} className="option">
          <input
            id={`${name}-${index + 1}`}
            type={several ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(index + 1)}
            onChange={() => choose(index + 1)}
          />
          <kbd aria-hidden="true">{index + 1}</kbd>
          <Markdown source={option} />
        </label>
      ))}
    </fieldset>
  );
}
