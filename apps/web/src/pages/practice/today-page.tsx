import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { PracticeToday } from '../../client/generated/api.ts';
import { todayQuery } from '../../client/practice.ts';
import { Tag } from '../../design/badge.tsx';
import { Button, buttonClass } from '../../design/button.tsx';
import { Select } from '../../design/field.tsx';
import { Panel } from '../../design/panel.tsx';
import { EmptyState, Hint } from '../../design/states.tsx';
import { KeyCaps } from '../../shell/keyboard/key-caps.tsx';
import { useShortcuts } from '../../shell/keyboard/use-shortcuts.ts';
import { Loaded, Refusal } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { plural } from '../../shell/words.ts';
import { PracticeNav } from './practice-nav.tsx';
import { TopicSelect } from './topic-select.tsx';
import { useStart } from './use-start.ts';
import { aboutMinutes, areaWords, kindWords } from './words.ts';

const route = getRouteApi('/practice');
const lengths = [5, 10, 20, 45] as const;

/** What is due today, and the one button that begins. Five minutes are a full use. */
export function TodayPage() {
  const { minutes = 5, topic = '' } = route.useSearch();
  // What was there stays while the next is asked for, and with it the select that has the focus.
  const query = useQuery({ ...todayQuery(minutes, topic), placeholderData: keepPreviousData });
  const navigate = useNavigate();
  const choose = (search: { readonly minutes?: number; readonly topic?: string }): void => {
    const next = { minutes, topic, ...search };
    void navigate({
      to: '/practice',
      search: {
        ...(next.minutes === 5 ? {} : { minutes: next.minutes }),
        ...(next.topic === '' ? {} : { topic: next.topic }),
      },
      replace: true,
    });
  };
  return (
    <Page
      title="Practice"
      above={<PracticeNav />}
      lead="Questions that interviews ask, answered by doing and marked by running. Five minutes a day are enough."
    >
      <Loaded query={query} lines={9}>
        {(today) => (
          <>
            {today.interview === null ? null : <GoesOn interview={today.interview} />}
            {today.clock === null ? null : <Hint tone="undecided">{today.clock}</Hint>}
            <Numbers today={today} />
            <Panel
              title="Today’s session"
              note="What is due first, the most forgotten before the others; then something new near your level."
              actions={
                <>
                  <Select
                    aria-label="How long"
                    value={minutes}
                    onChange={({ target }) => choose({ minutes: Number(target.value) })}
                  >
                    {lengths.map((length) => (
                      <option key={length} value={length}>
                        {length} minutes
                      </option>
                    ))}
                  </Select>
                  <TopicSelect topic={topic} onChoose={(next) => choose({ topic: next })} />
                </>
              }
            >
              <Session today={today} isOld={query.isPlaceholderData} />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function GoesOn({ interview }: { readonly interview: string }) {
  return (
    <Hint>
      A mock interview has not ended.{' '}
      <Link to="/practice/mock/$id" params={{ id: interview }}>
        Go on with it
      </Link>
    </Hint>
  );
}

function Numbers({ today: { due, answeredToday, days, seen, questions } }: { readonly today: PracticeToday }) {
  const numbers = [
    [due.now, 'due now'],
    [due.tomorrow - due.now, 'more by tomorrow'],
    [answeredToday, 'answered today'],
    [days, days === 1 ? 'day in a row' : 'days in a row'],
    [seen, `of ${questions} seen`],
  ] as const;
  return (
    <ul className="numbers">
      {numbers.map(([number, word]) => (
        <li key={word}>
          <b className="figures">{number}</b> <span>{word}</span>
        </li>
      ))}
    </ul>
  );
}

const whyWords = { due: 'due', new: 'new', early: 'ahead of time' } as const;

function Session({
  today: { session, seconds },
  isOld,
}: {
  readonly today: PracticeToday;
  /** Of what was chosen before; it must not begin. */
  readonly isOld: boolean;
}) {
  const start = useStart();
  const begin = (): void => {
    if (session.length > 0 && !isOld && !start.isPending) start.mutate(session.map(({ question }) => question.id));
  };
  useShortcuts(session.length > 0 ? [{ keys: 'b', label: 'Begin', group: 'Practice', run: begin }] : []);
  if (session.length === 0)
    return (
      <EmptyState icon="check" title="Nothing to ask here">
        <p>No question about this fits into the time on this machine. Choose more time, or everything.</p>
      </EmptyState>
    );
  return (
    <>
      <ol className="session">
        {session.map(({ question, why, seconds: each }) => (
          <li key={question.id}>
            <span className="session-title">{question.title}</span>
            <span className="session-facts">
              <span className={why === 'due' ? 'badge tone-undecided' : 'badge tone-not-applicable'}>
                {whyWords[why]}
              </span>
              <Tag>{kindWords[question.kind]}</Tag>
              <span className="soft">{areaWords[question.area]}</span>
              <span className="soft figures">{Math.max(1, Math.round(each / 60))} min</span>
            </span>
          </li>
        ))}
      </ol>
      <Refusal error={start.error} />
      <div className="session-begin">
        <Button variant="primary" icon="play" onClick={begin} busy={start.isPending || isOld}>
          Begin <KeyCaps keys="b" />
        </Button>
        <span className="soft">
          {plural(session.length, 'question')}, {aboutMinutes(seconds)}
        </span>
        <Link to="/practice/mock" className={buttonClass({ variant: 'quiet' })}>
          Or a mock interview
        </Link>
      </div>
    </>
  );
}
