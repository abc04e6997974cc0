import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PracticeAttempt, PracticeInterview } from '../../../client/generated/api.ts';
import { attemptQuery, endInterview, endTurn, interviewQuery, type TurnEnd } from '../../../client/practice.ts';
import { Button } from '../../../design/button.tsx';
import { Icon } from '../../../design/icon.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { announce } from '../../../shell/announce.tsx';
import { ConfirmDialog } from '../../../shell/confirm-dialog.tsx';
import { Loaded, Refusal } from '../../../shell/loaded.tsx';
import { QuestionView } from '../question/question-view.tsx';
import { useSecondsSince } from '../question/use-clock.ts';
import { useDraft } from '../use-draft.ts';
import { clock } from '../words.ts';
import './mock.css';
import { FollowUps, type FollowUpsSaid } from './follow-ups.tsx';

type SaidInTurn = Omit<TurnEnd, 'attempt' | 'leaveOut'>;

/** The interview as it goes on: the time left, the question, notes, and the follow-ups after each answer. */
export function InterviewRoom({ interview }: { readonly interview: PracticeInterview }) {
  const { id, attempt, minutes, startedAt, turns } = interview;
  const queries = useQueryClient();
  const gone = useSecondsSince(startedAt);
  const left = minutes * 60 - gone;
  const [isEnding, setEnding] = useState(false);
  const first = useRef(attempt);
  const said = useRef<SaidInTurn>({});
  const store = (next: PracticeInterview): void => {
    queries.setQueryData(interviewQuery(id).queryKey, next);
    void queries.invalidateQueries({ queryKey: ['practice', 'interviews'], exact: true });
    void queries.invalidateQueries({ queryKey: ['practice', 'progress'] });
    announce(next.status === 'ended' ? 'The interview has ended.' : `Question ${next.turns.length + 1}.`);
  };
  // Another tab may have gone on to another question: it is shown.
  const onError = (): void => void queries.invalidateQueries({ queryKey: interviewQuery(id).queryKey });
  const turn = useMutation({ mutationFn: (body: TurnEnd) => endTurn(id, body), onSuccess: store, onError });
  const end = useMutation({
    mutationFn: () => endInterview(id, { attempt, ...(attempt === null ? {} : said.current) }),
    onSuccess: store,
    onError,
  });
  return (
    <>
      <div className="room-bar">
        <span className="room-clock figures" data-short={left < 180}>
          <Icon name="clock" /> {left > 0 ? `${clock(left)} left` : 'The time is up: finish this one'}
        </span>
        <span className="soft">
          Question {turns.length + 1}. Take time to think; it is measured, and not held against you.
        </span>
        <Button size="s" icon="stop" onClick={() => setEnding(true)}>
          End it
        </Button>
      </div>
      <Refusal error={turn.error ?? end.error} />
      {attempt === null ? (
        <EmptyState
          title="Nothing is asked"
          actions={<Button onClick={() => end.mutate()}>End the interview</Button>}
        />
      ) : (
        <CurrentQuestion
          key={attempt}
          id={attempt}
          takesFocus={attempt !== first.current}
          busy={turn.isPending}
          onSaid={(now) => {
            said.current = now;
          }}
          onTurn={(body) => {
            if (!turn.isPending) turn.mutate(body);
          }}
        />
      )}
      {isEnding ? (
        <ConfirmDialog
          title="End the interview?"
          action="End it"
          busy={end.isPending}
          onConfirm={() => end.mutate(undefined, { onSettled: () => setEnding(false) })}
          onClose={() => setEnding(false)}
        >
          <p>What you have answered counts. The question that is open is left out.</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function CurrentQuestion({
  id,
  takesFocus,
  busy,
  onSaid,
  onTurn,
}: {
  readonly id: string;
  /** The form that had it went with the question before. */
  readonly takesFocus: boolean;
  readonly busy: boolean;
  /** Told of every change: the interview may be ended in the middle of a turn. */
  readonly onSaid: (said: SaidInTurn) => void;
  readonly onTurn: (body: TurnEnd) => void;
}) {
  const query = useQuery(attemptQuery(id));
  const [notes, setNotes] = useDraft(`${id}-notes`, '');
  const [followUps, setFollowUps] = useDraft<FollowUpsSaid>(`${id}-said`, []);
  useEffect(() => onSaid({ followUps: [...followUps], notes }));
  return (
    <Loaded query={query} lines={10}>
      {(attempt) => (
        <>
          <Title attempt={attempt} takesFocus={takesFocus} />
          <QuestionView
            attempt={attempt}
            onLeave={() => onTurn({ attempt: id, leaveOut: true, notes })}
            leaving={busy}
            after={
              <FollowUps
                id={id}
                followUps={attempt.afterwards?.followUps ?? []}
                said={followUps}
                onSay={setFollowUps}
                busy={busy}
                onDone={(now) => onTurn({ attempt: id, followUps: now, notes })}
              />
            }
            below={
              <div className="panel notes">
                <label htmlFor={`${id}-notes`}>Notes for yourself</label>
                <textarea
                  id={`${id}-notes`}
                  className="input written-text"
                  rows={3}
                  value={notes}
                  onChange={({ target }) => setNotes(target.value)}
                />
              </div>
            }
          />
        </>
      )}
    </Loaded>
  );
}

function Title({ attempt, takesFocus }: { readonly attempt: PracticeAttempt; readonly takesFocus: boolean }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <h2 ref={title} className="room-title" tabIndex={-1}>
      {attempt.question.title}
    </h2>
  );
}
