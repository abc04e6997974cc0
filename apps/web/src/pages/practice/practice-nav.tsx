import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import '../../design/tabs.css';
import './practice.css';

const parts = [
  ['/practice', 'Today'],
  ['/practice/mock', 'Mock interviews'],
  ['/practice/progress', 'Progress'],
  ['/practice/questions', 'Questions'],
  ['/practice/settings', 'Schedule and data'],
] as const;

/** The parts of practice, above each of its pages. */
export function PracticeNav() {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone, the part that is shown may stand outside.
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current !== null && current != null) list.current.scrollLeft = current.offsetLeft - 24;
  }, []);
  return (
    <nav ref={list} className="practice-nav" aria-label="Practice">
      {parts.map(([path, label]) => (
        <Link
          key={path}
          to={path}
          className="tab"
          activeOptions={{ exact: path === '/practice', includeSearch: false }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
