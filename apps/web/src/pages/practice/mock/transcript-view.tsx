import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PracticeInterview } from '../../../client/generated/api.ts';
import { deleteInterview, interviewQuery } from '../../../client/practice.ts';
import { StatusMark } from '../../../design/badge.tsx';
import { Button, buttonClass } from '../../../design/button.tsx';
import { CodeBlock } from '../../../design/code-block.tsx';
import { Disclosure } from '../../../design/disclosure.tsx';
import { Panel } from '../../../design/panel.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { Markdown } from '../../../markdown/markdown.tsx';
import { ConfirmDialog } from '../../../shell/confirm-dialog.tsx';
import { Refusal } from '../../../shell/loaded.tsx';
import { Interval } from '../progress/interval.tsx';
import { clock } from '../words.ts';
import './mock.css';

type Turn = PracticeInterview['turns'][number];
type Result = NonNullable<PracticeInterview['result']>;

/** What the interview showed, what to practise next, and everything that was said. */
export function TranscriptView({ interview: { id, result, turns, level } }: { readonly interview: PracticeInterview }) {
  if (result === null || turns.length === 0)
    return (
      <EmptyState
        icon="clock"
        title="Nothing was answered"
        actions={
          <Link to="/practice/mock" className={buttonClass({ variant: 'primary' })}>
            Begin another
          </Link>
        }
      />
    );
  return (
    <>
      <div className="transcript-grid">
        <Panel title="The rubric" note="1 to 4 in each; never one grade.">
          <Rubric rubric={result.rubric} />
        </Panel>
        <Panel title="Readiness" note={`The share of questions of level ${level} that you would answer.`}>
          <Interval {...result.readiness} label={`level ${level}`} />
          <p className="soft">
            {result.readiness.early
              ? 'With so few answers this says little. Several interviews say more.'
              : 'From this interview alone.'}
          </p>
          <Lists result={result} />
        </Panel>
      </div>
      <Panel title="The transcript">
        <ol className="turns">
          {turns.map((turn, index) => (
            <TurnView key={`${turn.id}-${index}`} turn={turn} />
          ))}
        </ol>
      </Panel>
      <Forget id={id} />
    </>
  );
}

/** Takes the transcript away; what was answered stays in the history. */
function Forget({ id }: { readonly id: string }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const forget = useMutation({
    mutationFn: () => deleteInterview(id),
    onSuccess: async () => {
      await navigate({ to: '/practice/mock' });
      queries.removeQueries({ queryKey: interviewQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: ['practice', 'interviews'] });
    },
  });
  return (
    <div>
      <Button size="s" variant="quiet" icon="trash" onClick={() => setAsked(true)}>
        Delete this transcript …
      </Button>
      {asked ? (
        <ConfirmDialog
          title="Delete the transcript?"
          action="Delete it"
          busy={forget.isPending}
          onConfirm={() => forget.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>It cannot be brought back. Your answers stay in the history.</p>
          <Refusal error={forget.error} />
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function Rubric({ rubric }: { readonly rubric: Result['rubric'] }) {
  return (
    <ul className="rubric">
      {rubric.map(({ dimension, rating, why }) => (
        <li key={dimension}>
          <span className="rubric-name">{dimension}</span>
          <span className="rubric-marks" aria-hidden="true">
            {[1, 2, 3, 4].map((step) => (
              <span key={step} data-on={rating !== null && step <= rating} />
            ))}
          </span>
          <span className="figures">{rating === null ? 'nothing to judge by' : `${rating} of 4`}</span>
          <span className="soft rubric-why">{why}</span>
        </li>
      ))}
    </ul>
  );
}

function Lists({ result: { strong, missing, next } }: { readonly result: Result }) {
  return (
    <>
      {strong.length === 0 ? null : <Words title="Strong" words={strong} />}
      {missing.length === 0 ? null : <Words title="Missing" words={missing} />}
      {next.length === 0 ? null : (
        <div className="transcript-list">
          <h3>Practise next</h3>
          <ul>
            {next.map((word) => {
              const topic = word.split(': ').at(-1) ?? '';
              return (
                <li key={word}>
                  <Link to="/practice" search={{ topic, minutes: 20 }}>
                    {word}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </>
  );
}

function Words({ title, words }: { readonly title: string; readonly words: readonly string[] }) {
  return (
    <div className="transcript-list">
      <h3>{title}</h3>
      <ul>
        {words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ul>
    </div>
  );
}

function TurnView({ turn }: { readonly turn: Turn }) {
  const { title, mark, topic, level, seconds, thinkingSeconds, expectedSeconds, hints, notes, followUps } = turn;
  return (
    <li className="turn">
      <Disclosure
        summary={
          <span className="turn-head">
            <StatusMark status={mark.passed ? 'passed' : 'failed'} />
            <b>{title}</b>
            <span className="soft figures">
              {topic}, level {level}
              {seconds === 0
                ? ''
                : `, ${clock(seconds)} of ${clock(expectedSeconds)}, ${clock(thinkingSeconds)} to think`}
              {hints === 0 ? '' : `, ${hints} ${hints === 1 ? 'hint' : 'hints'}`}
            </span>
          </span>
        }
      >
        <div className="turn-body">
          <Markdown source={turn.prompt} deeper={3} />
          {turn.answer === '' ? null : <CodeBlock text={turn.answer} label="answer" head="Your answer" copy={false} />}
          <p>{mark.said}</p>
          {followUps.map(({ ask, answer, rating }) => (
            <div key={ask} className="turn-follow">
              <p>
                <b>{ask}</b>
              </p>
              <p>{answer === '' ? <span className="soft">nothing was said</span> : answer}</p>
              {rating === null ? null : <p className="soft">You rated it {rating} of 4.</p>}
            </div>
          ))}
          {notes === '' ? null : <p className="turn-notes">{notes}</p>}
        </div>
      </Disclosure>
    </li>
  );
}
