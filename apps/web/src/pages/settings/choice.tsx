import { useId } from 'react';

/** One of a few, all in sight. */
export function Choice<T extends string>({
  legend,
  options,
  value,
  onChange,
  hint,
}: {
  readonly legend: string;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly hint?: string;
}) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div className="choice-options">
        {options.map(([option, label]) => (
          <label key={option} className="choice-option">
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {hint === undefined ? null : <p className="field-words">{hint}</p>}
    </fieldset>
  );
}
