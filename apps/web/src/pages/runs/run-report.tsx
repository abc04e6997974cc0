import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { type MouseEvent, type ReactNode, useCallback, useMemo } from 'react';
import { reportSource } from '../../client/report-source.ts';
import { fragmentOf, placeOf, type ReportPlace } from '../../report/place.ts';
import { ReportView } from '../../report/report-view.tsx';

/** The report of a run, with one's place in it in the address. */
export function RunReport({ run, actions }: { readonly run: string; readonly actions: ReactNode }) {
  const source = useMemo(() => reportSource(run), [run]);
  const { hash } = useLocation();
  const navigate = useNavigate();
  const router = useRouter();
  const place = useMemo(() => placeOf(hash), [hash]);
  const go = useCallback(
    (to: ReportPlace) =>
      void navigate({
        to: '.',
        hash: fragmentOf(to).slice(1),
        // Going back leads to the tab before, and not through every row that was looked at.
        replace: to.tab === place.tab,
        resetScroll: false,
        hashScrollIntoView: false,
      }),
    [navigate, place.tab],
  );
  // The report knows of no router: its plain links to pages of the app are followed without loading the app anew.
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.origin !== location.origin || link.hash !== '') return;
    event.preventDefault();
    router.history.push(link.pathname);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- the links in it are what is used
    <div onClick={follow}>
      <ReportView run={run} source={source} place={place} onPlace={go} checkHref={checkHref} actions={actions} />
    </div>
  );
}

/** What there is to say of a scenario stands in its finding already. */
function checkHref(check: string): string | null {
  return check.startsWith('scenario/') ? null : `/checks/${check}`;
}
