import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import './button.css';

interface Look {
  /** `primary`: the one thing to do here; `quiet`: no frame until it is pointed at; `danger`: takes something away. */
  readonly variant?: 'default' | 'primary' | 'quiet' | 'danger';
  readonly size?: 'm' | 's';
  readonly icon?: IconName;
}

/** The class of something that looks like a button and is another element, such as a router's link. */
export function buttonClass({ variant = 'default', size = 'm' }: Look = {}): string {
  return classNames('button', `button-${variant}`, size === 's' && 'button-s');
}

/** A button with words. `busy` keeps its focus and its place while it works. */
export function Button({
  variant = 'default',
  size = 'm',
  icon,
  busy = false,
  children,
  className,
  onClick,
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement> & { readonly busy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(buttonClass({ variant, size }), className)}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A button that is a picture; the label is what it is called, also when pointed at. */
export function IconButton({
  icon,
  label,
  size = 'm',
  className,
  ...rest
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly size?: 'm' | 's';
} & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={classNames('button button-quiet button-icon', size === 's' && 'button-s', className)}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A link that looks like a button. */
export function LinkButton({
  variant = 'default',
  size = 'm',
  icon,
  children,
  className,
  ...rest
}: Look & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...rest} className={classNames(buttonClass({ variant, size }), className)}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </a>
  );
}
