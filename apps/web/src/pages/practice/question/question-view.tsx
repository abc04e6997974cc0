import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { PracticeAttempt } from '../../../client/generated/api.ts';
import { type Answer, answerAttempt, askForHint, attemptKey } from '../../../client/practice.ts';
import { Tag } from '../../../design/badge.tsx';
import { Button } from '../../../design/button.tsx';
import { Icon } from '../../../design/icon.tsx';
import { Panel } from '../../../design/panel.tsx';
import { Hint } from '../../../design/states.tsx';
import { Markdown } from '../../../markdown/markdown.tsx';
import { announce } from '../../../shell/announce.tsx';
import { KeyCaps } from '../../../shell/keyboard/key-caps.tsx';
import { useShortcuts } from '../../../shell/keyboard/use-shortcuts.ts';
import { Refusal } from '../../../shell/loaded.tsx';
import { AnswerControl } from '../answer/answer-control.tsx';
import { areaWords, clock, kindWords } from '../words.ts';
import { Beside } from './beside.tsx';
import { ConfirmPoints } from './confirm-points.tsx';
import { ResultView } from './result-view.tsx';
import { useAnswerTime } from './use-clock.ts';

interface Asked {
  readonly attempt: PracticeAttempt;
  /** Left out: it does not count. */
  readonly onLeave: () => void;
  readonly leaving: boolean;
  /** Why it could not be left out, where no other place says so. */
  readonly leaveError?: Error | null;
  /** What stands below the result, with the way on. */
  readonly after: ReactNode;
  /** Stands below the answer, such as notes. */
  readonly below?: ReactNode;
}

/** A question: what is asked, the control it is answered with, and then what was right, wrong and missing. */
export function QuestionView({ attempt, onLeave, leaving, leaveError = null, after, below }: Asked) {
  const { question, shown, prompt, status } = attempt;
  useMarkingAnnounced(attempt);
  const isWide = ['statement', 'request', 'outcome', 'evidence'].includes(shown.form);
  return (
    <div className="asked" data-wide={isWide}>
      <Panel className="asked-question">
        <p className="asked-facts">
          <Tag>{kindWords[question.kind]}</Tag>
          <Tag>{areaWords[question.area]}</Tag>
          <Tag>{question.topic}</Tag>
          <Tag>level {question.level}</Tag>
        </p>
        <Markdown source={prompt} deeper={1} />
        <Beside shown={shown} />
      </Panel>
      <div className="asked-answer">
        {status === 'open' ? (
          <AnswerForm key={attempt.id} attempt={attempt} onLeave={onLeave} leaving={leaving} leaveError={leaveError} />
        ) : status === 'marking' ? (
          <Panel>
            <p className="marking" role="status">
              <span className="spinner" aria-hidden="true" />
              Your backend is being built, started and judged …
            </p>
          </Panel>
        ) : status === 'proposed' ? (
          <ConfirmPoints key={attempt.id} attempt={attempt} />
        ) : (
          <ResultView attempt={attempt}>{after}</ResultView>
        )}
        {below}
      </div>
    </div>
  );
}

function AnswerForm({ attempt, onLeave, leaving, leaveError = null }: Omit<Asked, 'after' | 'below'>) {
  const { id, shown, hints, hintsLeft, expectedSeconds } = attempt;
  const queries = useQueryClient();
  const [answer, setAnswer] = useState<Answer>(null);
  const time = useAnswerTime(id);
  const opened = useRef(false);
  const store = (next: PracticeAttempt): void => {
    queries.setQueryData(attemptKey(id), next);
  };
  const submit = useMutation({
    mutationFn: (given: Answer) => answerAttempt(id, { answer: given, ...time.told() }),
    onSuccess: (next) => {
      store(next);
      if (next.mark !== null) announce(verdictWords(next));
    },
  });
  const hint = useMutation({
    mutationFn: () => askForHint(id),
    onSuccess: (next) => {
      store(next);
      announce(next.hints.at(-1) ?? '');
    },
  });
  const isBusy = submit.isPending;
  const send = (): void => {
    if (answer !== null && !isBusy) submit.mutate(answer);
  };
  const change = (next: Answer): void => {
    // What is there before anything was done is no beginning.
    if (opened.current) time.began();
    opened.current = true;
    setAnswer(next);
  };
  const askHint = (): void => {
    if (hintsLeft > 0 && !hint.isPending) hint.mutate();
  };
  useShortcuts([
    ...(hintsLeft > 0 ? [{ keys: 'h', label: 'A hint', group: 'This question', run: askHint }] : []),
    { keys: 's', label: 'Leave it out', group: 'This question', run: onLeave },
    { keys: 'Mod+enter', label: 'Answer', group: 'This question', run: send },
  ]);
  const isWritten = ['text', 'statement', 'request', 'outcome', 'program', 'files'].includes(shown.form);
  return (
    <form
      className="panel answer-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <AnswerControl id={id} shown={shown} onChange={change} onSubmit={send} />
      {hints.map((text) => (
        <Hint key={text}>
          <Markdown source={text} />
        </Hint>
      ))}
      <Refusal error={submit.error ?? hint.error ?? leaveError} />
      <div className="answer-actions">
        <Button type="submit" variant="primary" busy={isBusy} disabled={answer === null}>
          {isBusy ? 'Marking …' : 'Answer'}{' '}
          {isBusy ? null : <KeyCaps keys={isWritten || shown.form === 'order' ? 'Mod+enter' : 'Enter'} />}
        </Button>
        {hintsLeft > 0 ? (
          <Button onClick={askHint} busy={hint.isPending}>
            Hint <KeyCaps keys="h" />
          </Button>
        ) : null}
        <Button variant="quiet" onClick={() => submit.mutate(null)} disabled={isBusy}>
          Show the answer
        </Button>
        <Button variant="quiet" onClick={onLeave} busy={leaving}>
          Leave out <KeyCaps keys="s" />
        </Button>
        <span className="answer-clock figures soft" title="The time you looked at it, of the time that it should take">
          <Icon name="clock" size={13} /> {clock(time.seconds)}{' '}
          <span className="soft">of {clock(expectedSeconds)}</span>
        </span>
      </div>
      {isWritten ? (
        <p className="soft answer-keys">
          <kbd>Esc</kbd> leaves the field, so that the keys above work.
        </p>
      ) : null}
    </form>
  );
}

/** A backend is judged apart from the request: how that ended is told when it is heard of. */
function useMarkingAnnounced(attempt: PracticeAttempt): void {
  const { status } = attempt;
  const before = useRef(status);
  useEffect(() => {
    if (before.current === 'marking' && status === 'answered') announce(verdictWords(attempt));
    else if (before.current === 'marking' && status === 'open') announce('It could not be judged. Send it again.');
    before.current = status;
  }, [attempt, status]);
}

function verdictWords({ status, mark }: PracticeAttempt): string {
  if (status === 'proposed') return 'Confirm which points your answer makes.';
  return `${mark?.passed === true ? 'Right.' : 'Not yet.'} ${mark?.said ?? ''}`;
}
