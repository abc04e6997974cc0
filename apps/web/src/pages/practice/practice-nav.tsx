import { Link } from '@tanstack/react-router';
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
  return (
    <nav className="practice-nav" aria-label="Practice">
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
