import { classNames } from '../../design/class-names.ts';
import { cutTo, visible } from '../../design/visible.ts';

/** A status by its colour and number; null: there was no answer. */
export function StatusCode({ status, reason }: { readonly status: number | null; readonly reason?: string }) {
  const tone = status === null || status >= 500 ? 'failed' : status >= 400 ? 'undecided' : 'passed';
  return (
    <span className={classNames('status-code figures', `status-${tone}`)}>
      {status ?? 'no answer'}
      {reason === undefined || reason === '' ? '' : ` ${visible(cutTo(reason, 80).text)}`}
    </span>
  );
}
