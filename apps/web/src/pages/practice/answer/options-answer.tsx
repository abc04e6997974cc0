import { useId } from 'react';
import type { ShownOf } from '../../../client/practice.ts';
import { Markdown } from '../../../markdown/markdown.tsx';
import { useShortcuts } from '../../../shell/keyboard/use-shortcuts.ts';
import { useDraft } from '../use-draft.ts';
import type { ControlOf } from './answer-control.tsx';

/** One of several options, or some of them; the digits choose. */
export function OptionsAnswer({
  id,
  shown: { options, several },
  onChange,
}: Pick<ControlOf<ShownOf<'options'>>, 'id' | 'shown' | 'onChange'>) {
  const [chosen, setChosen] = useDraft<readonly number[]>(id, []);
  const name = useId();
  const choose = (number: number): void => {
    const next = !several
      ? [number]
      : chosen.includes(number)
        ? chosen.filter((one) => one !== number)
        : [...chosen, number].toSorted((a, b) => a - b);
    setChosen(next);
    onChange(next.length === 0 ? null : [...next]);
  };
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
