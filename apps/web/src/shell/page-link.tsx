import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link of a document to a page of the app. */
export function pageLink(path: string, words: ReactNode): ReactNode {
  return <Link to={path}>{words}</Link>;
}
