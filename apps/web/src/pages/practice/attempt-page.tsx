import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { PracticeAttempt } from '../../client/generated/api.ts';
import { attemptKey, attemptQuery, leaveAttempt, openAttempt } from '../../client/practice.ts';
import { Button } from '../../design/button.tsx';
import { KeyCaps } from '../../shell/keyboard/key-caps.tsx';
import { useShortcuts } from '../../shell/keyboard/use-shortcuts.ts';
import { Loaded, Refusal } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { PracticeNav } from './practice-nav.tsx';
import { QuestionView } from './question/question-view.tsx';

const route = getRouteApi('/practice/attempts/$id');

/** One question of a session, or one that was chosen. The address holds what is still to come, so that a reload goes on. */
export function AttemptPage() {
  const { id } = route.useParams();
  const { rest = '', of = 0 } = route.useSearch();
  const query = useQuery(attemptQuery(id));
  const left = rest === '' ? [] : rest.split(',');
  const title = query.data?.question.title ?? 'Practice';
  return (
    <Page
      key={id}
      title={title}
      wide
      above={
        <>
          <PracticeNav />
          {of > 0 ? <Steps at={of - left.length} of={of} /> : null}
        </>
      }
    >
      <Loaded query={query} lines={10}>
        {(attempt) => <Asked attempt={attempt} left={left} of={of} />}
      </Loaded>
    </Page>
  );
}

function Steps({ at, of }: { readonly at: number; readonly of: number }) {
  return (
    <p className="steps figures">
      <span className="steps-bar" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          <span key={index} data-done={index < at} />
        ))}
      </span>
      Question {at} of {of}
    </p>
  );
}

function Asked({
  attempt,
  left,
  of,
}: {
  readonly attempt: PracticeAttempt;
  readonly left: readonly string[];
  readonly of: number;
}) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const next = useMutation({
    mutationFn: async () => {
      // What cannot be asked here is left out; the last error is told when nothing is left.
      for (const [index, question] of left.entries()) {
        try {
          return { attempt: await openAttempt(question), rest: left.slice(index + 1) };
        } catch (error) {
          if (index === left.length - 1) throw error;
        }
      }
      return null;
    },
    onSuccess: (opened) => {
      void queries.invalidateQueries({ queryKey: ['practice', 'today'] });
      void queries.invalidateQueries({ queryKey: ['practice', 'progress'] });
      if (opened === null) return void navigate({ to: '/practice' });
      queries.setQueryData(attemptKey(opened.attempt.id), opened.attempt);
      void navigate({
        to: '/practice/attempts/$id',
        params: { id: opened.attempt.id },
        search: { rest: opened.rest.join(','), of },
      });
    },
  });
  const leave = useMutation({
    mutationFn: () => leaveAttempt(attempt.id),
    onSuccess: (now) => {
      queries.setQueryData(attemptKey(attempt.id), now);
      next.mutate();
    },
  });
  const isOver = attempt.status === 'answered' || attempt.status === 'left';
  const goOn = (): void => {
    if (isOver && !next.isPending) next.mutate();
  };
  useShortcuts(isOver ? [{ keys: 'n', label: 'Go on', group: 'This question', run: goOn }] : []);
  useEffect(() => {
    // Enter goes on, and the result above it is announced.
    if (isOver) document.getElementById('go-on')?.focus({ preventScroll: true });
  }, [isOver]);
  return (
    <QuestionView
      attempt={attempt}
      onLeave={() => leave.mutate()}
      leaving={leave.isPending}
      leaveError={leave.error}
      after={
        <div className="answer-actions">
          <Button id="go-on" variant="primary" icon="arrow" onClick={goOn} busy={next.isPending}>
            {left.length > 0 ? 'Next question' : of > 0 ? 'Finish' : 'Back to today'} <KeyCaps keys="n" />
          </Button>
          <Refusal error={next.error} />
        </div>
      }
    />
  );
}
