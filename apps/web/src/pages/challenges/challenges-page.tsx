import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Challenge } from '../../client/generated/api.ts';
import { challengesQuery } from '../../client/queries.ts';
import { Tag } from '../../design/badge.tsx';
import { Icon } from '../../design/icon.tsx';
import { EmptyState } from '../../design/states.tsx';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { stackName } from '../../shell/stack-names.ts';
import { skillNames } from '../../shell/skill-names.ts';
import { plural } from '../../shell/words.ts';
import { ladder, nextChallenge, standingOf } from './ladder.ts';
import { Level } from './level.tsx';
import './challenges.css';

/** The ladder of challenges, and how far up one is. */
export function ChallengesPage() {
  const query = useQuery(challengesQuery);
  return (
    <Page
      title="Challenges"
      lead="A brief and a contract; you write the backend, in the language and framework you like. From first steps upward."
    >
      <Loaded query={query}>
        {(challenges) =>
          challenges.length === 0 ? (
            <EmptyState icon="star" title="There are no challenges here" />
          ) : (
            <>
              <Progress challenges={challenges} />
              <ol className="ladder">
                {ladder(challenges).map((challenge) => (
                  <Rung
                    key={challenge.slug}
                    challenge={challenge}
                    isNext={challenge.slug === nextChallenge(challenges)?.slug}
                  />
                ))}
              </ol>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Progress({ challenges }: { readonly challenges: readonly Challenge[] }) {
  const proven = challenges.filter((challenge) => standingOf(challenge) === 'proven').length;
  return (
    <p className="ladder-progress">
      <b>
        {proven} of {plural(challenges.length, 'challenge')}
      </b>{' '}
      proven
    </p>
  );
}

function Rung({ challenge, isNext }: { readonly challenge: Challenge; readonly isNext: boolean }) {
  const { slug, title, summary, level, skills, stacks, progress } = challenge;
  const standing = standingOf(challenge);
  return (
    <li className="rung" data-standing={standing} data-next={isNext}>
      <span className="rung-mark" aria-hidden="true">
        {standing === 'proven' ? <Icon name="check" /> : level}
      </span>
      <div className="rung-words">
        <h2>
          <Link to="/challenges/$slug" params={{ slug }} className="rung-link">
            {title}
          </Link>
          {isNext ? <span className="badge rung-next">Next step</span> : null}
        </h2>
        <p>{summary}</p>
        <div className="rung-tags">
          <Level level={level} />
          {skills.map((skill) => (
            <Tag key={skill}>{skillNames[skill]}</Tag>
          ))}
          {stacks.length === 0 ? null : <span className="soft">Starters: {stacks.map(stackName).join(', ')}</span>}
        </div>
      </div>
      <div className="rung-progress">
        {standing === 'new' ? (
          <span className="soft">Not begun</span>
        ) : (
          <>
            <span className="figures">
              {standing === 'proven' ? 'Proven' : `${progress.passed} of ${progress.total} hold`}
            </span>
            <span className="rung-bar" aria-hidden="true">
              <span style={{ width: `${progress.total === 0 ? 0 : (progress.passed / progress.total) * 100}%` }} />
            </span>
            <span className="soft">{plural(progress.runs, 'run')}</span>
          </>
        )}
      </div>
    </li>
  );
}
