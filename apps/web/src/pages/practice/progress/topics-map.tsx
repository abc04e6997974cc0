import { Link } from '@tanstack/react-router';
import type { PracticeProgress } from '../../../client/generated/api.ts';
import { Panel } from '../../../design/panel.tsx';
import { areaWords, percent } from '../words.ts';

type Topic = PracticeProgress['topics'][number];

/** Every topic of the bank as a tile: how wide the bank is there, how much was seen, and how much is known now. */
export function TopicsMap({ topics }: { readonly topics: readonly Topic[] }) {
  const areas = [...Map.groupBy(topics, ({ area }) => area)];
  return (
    <Panel
      title="Topics"
      note="The stronger the colour, the surer that you know it now. A dashed edge: not seen yet. A tile opens a session about it."
    >
      <div className="topics">
        {areas.map(([area, some]) => (
          <section key={area} aria-label={areaWords[area]}>
            <h3>
              {areaWords[area]}{' '}
              <span className="soft figures">
                {some.reduce((sum, { seen }) => sum + seen, 0)}/
                {some.reduce((sum, { questions }) => sum + questions, 0)}
              </span>
            </h3>
            <ul>
              {some
                .toSorted((a, b) => b.seen - a.seen || b.questions - a.questions)
                .map((topic) => (
                  <Tile key={topic.topic} topic={topic} />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  );
}

function Tile({ topic: { topic, questions, seen, due, recall } }: { readonly topic: Topic }) {
  const words =
    recall === null
      ? `${topic}: none of ${questions} seen`
      : `${topic}: ${seen} of ${questions} seen, ${percent(recall)} known now, ${due} due`;
  return (
    <li>
      <Link
        to="/practice"
        search={{ topic, minutes: 20 }}
        className="topic"
        data-seen={seen > 0}
        title={words}
        aria-label={words}
        style={
          recall === null
            ? undefined
            : { background: `color-mix(in srgb, var(--series-1) ${Math.round(recall * 46)}%, var(--surface))` }
        }
      >
        {topic}
        {due === 0 ? null : <span className="topic-due" aria-hidden="true" />}
      </Link>
    </li>
  );
}
