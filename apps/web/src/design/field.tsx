import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import './field.css';

/** A label, what it names, a hint and what is wrong with what was typed. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  /** Given what the input needs to be tied to its label and its words. */
  readonly children: (ties: {
    readonly id: string;
    readonly 'aria-describedby': string;
    readonly 'aria-invalid': boolean;
  }) => ReactNode;
}) {
  const id = useId();
  const wrong = error !== undefined && error !== null;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-words`, 'aria-invalid': wrong })}
      <p id={`${id}-words`} className={classNames('field-words', wrong && 'field-error')}>
        {wrong ? error : hint}
      </p>
    </div>
  );
}

export function Input({ className, ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input {...rest} className={classNames('input', className)} />;
}

export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return <select {...rest} className={classNames('input select', className)} />;
}

/** A search with its picture; the label is for those who do not see it. */
export function SearchInput({ label, ...rest }: { readonly label: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <div className="search">
      <Icon name="search" />
      <input type="search" aria-label={label} placeholder={label} {...rest} className="input" />
    </div>
  );
}
