import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { PracticeInterviewSummary } from '../../../client/generated/api.ts';
import { beginInterview, interviewQuery, interviewsQuery, type Plan } from '../../../client/practice.ts';
import { Button } from '../../../design/button.tsx';
import { DataTable } from '../../../design/data-table.tsx';
import { Field, Select } from '../../../design/field.tsx';
import { Panel } from '../../../design/panel.tsx';
import { EmptyState } from '../../../design/states.tsx';
import { Loaded, Refusal } from '../../../shell/loaded.tsx';
import { Page } from '../../../shell/page.tsx';
import { Choice } from '../../settings/choice.tsx';
import { PracticeNav } from '../practice-nav.tsx';
import { useDraft } from '../use-draft.ts';
import '../../settings/settings.css';
import { levelWords } from '../words.ts';
import './mock.css';

const roles = [
  ['backend', 'Backend developer'],
  ['python', 'Backend developer, Python'],
  ['java', 'Backend developer, Java'],
  ['php', 'Backend developer, PHP'],
  ['node', 'Backend developer, Node.js'],
  ['data', 'Data and databases'],
  ['platform', 'Platform and operations'],
] as const satisfies readonly (readonly [Plan['role'], string])[];

/** Begins a mock interview, and shows those that were held. */
export function MockPage() {
  const query = useQuery(interviewsQuery);
  return (
    <Page
      title="Mock interviews"
      above={<PracticeNav />}
      lead="Questions that follow your answers, time to think, follow-ups on what you left out, and a rubric at the end."
    >
      <div className="mock-grid">
        <Begin />
        <Panel title="Held so far" flush>
          <Loaded query={query} lines={4}>
            {(interviews) =>
              interviews.length === 0 ? (
                <EmptyState icon="clock" title="None yet">
                  <p>What you hold here and in the terminal is listed with its transcript.</p>
                </EmptyState>
              ) : (
                <Held interviews={interviews} />
              )
            }
          </Loaded>
        </Panel>
      </div>
    </Page>
  );
}

function Begin() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [role, setRole] = useDraft<Plan['role']>('mock-role', 'backend');
  const [level, setLevel] = useDraft('mock-level', 2);
  const [minutes, setMinutes] = useState<Plan['minutes']>(30);
  const begin = useMutation({
    mutationFn: () => beginInterview({ role, level, minutes }),
    onSuccess: (interview) => {
      queries.setQueryData(interviewQuery(interview.id).queryKey, interview);
      void navigate({ to: '/practice/mock/$id', params: { id: interview.id } });
    },
  });
  return (
    <Panel title="Begin one">
      <form
        className="mock-begin"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!begin.isPending) begin.mutate();
        }}
      >
        <Field label="Role">
          {(ties) => (
            <Select
              {...ties}
              value={role}
              onChange={({ target }) => setRole(roles.find(([id]) => id === target.value)?.[0] ?? 'backend')}
            >
              {roles.map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Level" hint="Where it begins; the questions follow your answers from there.">
          {(ties) => (
            <Select {...ties} value={level} onChange={({ target }) => setLevel(Number(target.value))}>
              {[1, 2, 3, 4, 5].map((each) => (
                <option key={each} value={each}>
                  {each}: {levelWords[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Choice
          legend="Length"
          options={[
            ['30', '30 min'],
            ['45', '45 min'],
            ['60', '60 min'],
          ]}
          value={`${minutes}`}
          onChange={(value) => setMinutes(value === '60' ? 60 : value === '45' ? 45 : 30)}
        />
        <Refusal error={begin.error} />
        <Button type="submit" variant="primary" icon="play" busy={begin.isPending}>
          Begin the interview
        </Button>
        <p className="soft">The clock runs from here on, also while the page is closed. You can end it at any time.</p>
      </form>
    </Panel>
  );
}

function Held({ interviews }: { readonly interviews: readonly PracticeInterviewSummary[] }) {
  return (
    <DataTable label="Mock interviews">
      <thead>
        <tr>
          <th scope="col">Interview</th>
          <th scope="col" className="number">
            Answers
          </th>
          <th scope="col" className="number">
            Level shown
          </th>
        </tr>
      </thead>
      <tbody>
        {interviews.map(({ id, roleName, level, startedAt, status, questions, passed, ability }) => (
          <tr key={id}>
            <th scope="row">
              <Link to="/practice/mock/$id" params={{ id }}>
                {roleName}, level {level}
              </Link>
              <span className="soft mock-when">
                {new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
                {status === 'open' ? ', goes on' : ''}
              </span>
            </th>
            <td className="number">
              {passed} of {questions}
            </td>
            <td className="number">{ability === null ? '–' : `${levelAt(ability.low)} to ${levelAt(ability.high)}`}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

/** The scale of the levels, where the interval leaves it. */
function levelAt(value: number): string {
  return Math.min(5, Math.max(1, value)).toFixed(1);
}
