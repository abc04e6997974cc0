import { useReport } from './context.tsx';

/** The id of a check, which leads to its page where there is one. */
export function CheckName({ id }: { readonly id: string }) {
  const href = useReport().checkHref(id);
  const name = <code>{id}</code>;
  return href === null ? name : <a href={href}>{name}</a>;
}
