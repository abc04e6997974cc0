import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Skill } from '../../client/generated/api.ts';
import { skillsQuery } from '../../client/queries.ts';
import { Icon } from '../../design/icon.tsx';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { plural } from '../../shell/words.ts';
import './skills.css';

/** What the runs so far show, skill by skill. */
export function SkillsPage() {
  const query = useQuery(skillsQuery);
  return (
    <Page
      title="Skills"
      lead="Six skills, shown by what your own backends have proven: checks that hold, challenges passed, and the stacks they were passed in. Samples and references of Assay count as nobody’s."
    >
      <Loaded query={query} lines={10}>
        {(skills) => (
          <ul className="skills">
            {skills.map((skill) => (
              <SkillCard key={skill.id} skill={skill} />
            ))}
          </ul>
        )}
      </Loaded>
    </Page>
  );
}

/** Skills that nothing in a run shows yet. */
const fromElsewhere: Readonly<Record<string, string>> = {
  interview: 'Shown by practice: answers that are run and marked, over time.',
  collaboration:
    'No run shows it. What it takes, defects seen in other people’s code and clear answers about work with others, is practised with questions.',
};

function SkillCard({ skill: { id, name, checks, challenges, stacks } }: { readonly skill: Skill }) {
  const known = checks.proven + checks.open;
  const proven = challenges.filter(({ provenAt }) => provenAt !== null).length;
  return (
    <li className="skill" data-empty={known === 0 && proven === 0}>
      <h2>{name}</h2>
      {known === 0 && challenges.length === 0 ? (
        <>
          <p className="soft">{fromElsewhere[id] ?? 'Nothing yet.'}</p>
          {id === 'interview' ? (
            <p>
              <Link to="/practice/progress">See your progress in practice</Link>
            </p>
          ) : null}
          {id === 'collaboration' ? (
            <p>
              <Link to="/practice/questions">See the questions</Link>
            </p>
          ) : null}
        </>
      ) : (
        <>
          <div className="skill-figure">
            <span className="skill-bar" aria-hidden="true">
              <span style={{ width: `${known === 0 ? 0 : (checks.proven / known) * 100}%` }} />
            </span>
            <p className="figures">
              {known === 0 ? (
                <span className="soft">No check has been made yet</span>
              ) : (
                <>
                  <b>{checks.proven}</b> of {plural(known, 'check')} hold
                </>
              )}
            </p>
          </div>
          {challenges.length === 0 ? null : (
            <div>
              <h3>
                Challenges <span className="soft figures">{`${proven} of ${challenges.length}`}</span>
              </h3>
              <ul className="skill-challenges">
                {challenges.map(({ slug, title, provenAt }) => (
                  <li key={slug} data-proven={provenAt !== null}>
                    {provenAt === null ? (
                      <span className="open-dot" aria-hidden="true" />
                    ) : (
                      <Icon name="check" size={13} label="proven" />
                    )}
                    <Link to="/challenges/$slug" params={{ slug }}>
                      {title}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {stacks.length === 0 ? null : (
            <div>
              <h3>Proven in</h3>
              <p>
                {stacks
                  .map(({ language, framework }) => (framework === null ? language : `${language} with ${framework}`))
                  .join(', ')}
              </p>
            </div>
          )}
        </>
      )}
    </li>
  );
}
