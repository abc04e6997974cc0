import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PracticeQuestion } from '../../client/generated/api.ts';
import { questionsQuery } from '../../client/practice.ts';
import { Tag } from '../../design/badge.tsx';
import { SearchInput } from '../../design/field.tsx';
import { EmptyState } from '../../design/states.tsx';
import { Loaded, Refusal } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { plural } from '../../shell/words.ts';
import { PracticeNav } from './practice-nav.tsx';
import { TopicSelect } from './topic-select.tsx';
import { useStart } from './use-start.ts';
import { areaWords, kindWords } from './words.ts';

const route = getRouteApi('/practice/questions');

/** Every question that can be asked on this machine; choosing one opens it. */
export function QuestionsPage() {
  const { topic = '' } = route.useSearch();
  const query = useQuery(questionsQuery(topic));
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const choose = (next: string): void =>
    void navigate({ to: '/practice/questions', search: next === '' ? {} : { topic: next }, replace: true });
  return (
    <Page
      title="Questions"
      above={<PracticeNav />}
      lead="Names, numbers and data are new each time a question is opened."
    >
      <div className="questions-filter">
        <SearchInput label="Find a question" value={text} onChange={({ target }) => setText(target.value)} />
        <TopicSelect topic={topic} onChoose={choose} />
      </div>
      <Loaded query={query} lines={12}>
        {(questions) => <List questions={questions} text={text} />}
      </Loaded>
    </Page>
  );
}

function List({ questions, text }: { readonly questions: readonly PracticeQuestion[]; readonly text: string }) {
  const start = useStart();
  const wanted = text.trim().toLowerCase();
  const found = questions.filter(({ id, title, topic }) => `${id} ${title} ${topic}`.toLowerCase().includes(wanted));
  if (found.length === 0)
    return (
      <EmptyState icon="search" title="No question is like that">
        <p>Another word, or everything.</p>
      </EmptyState>
    );
  return (
    <>
      <p className="soft" role="status">
        {plural(found.length, 'question')}
      </p>
      <Refusal error={start.error} />
      {[...Map.groupBy(found, ({ area }) => area)].map(([area, some]) => (
        <section key={area} className="bank" aria-label={areaWords[area]}>
          <h2>
            {areaWords[area]} <span className="soft figures">{some.length}</span>
          </h2>
          <ul>
            {some.map((question) => (
              <li key={question.id}>
                <button
                  type="button"
                  className="bank-question"
                  aria-disabled={start.isPending}
                  onClick={() => {
                    if (!start.isPending) start.mutate([question.id]);
                  }}
                >
                  <span className="bank-title">{question.title}</span>
                  <Tag>{kindWords[question.kind]}</Tag>
                  <span className="soft figures">level {question.level}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
