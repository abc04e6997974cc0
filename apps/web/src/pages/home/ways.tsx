import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api } from '../../client/api.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { Icon, type IconName } from '../../design/icon.tsx';
import { Refusal } from '../../shell/loaded.tsx';

/** The challenge whose sample a first visitor sees judged, and by which checks: a few, that do not take long. */
const sampleChallenge = 'todo';
const sampleChecks = [
  'data/delete-is-final',
  'data/round-trip',
  'data/update-is-visible',
  'contract/response-status',
  'http/problem-details',
  'security/sql-injection',
];

/** The ways into Assay. */
export function Ways({ first }: { readonly first: boolean }) {
  return (
    <ul className="ways">
      <Way icon="eye" title="See a mistake being found">
        <p>
          A small backend with one mistake is written into a new folder and judged by a few quick checks. Then you mend
          it.
        </p>
        <JudgeSample primary={first} />
      </Way>
      <Way icon="star" title="Take a challenge">
        <p>
          A brief, a contract and a starter in your stack, from first steps to a ledger that must never lose a cent.
        </p>
        <Link to="/challenges" className={buttonClass()}>
          See the challenges
        </Link>
      </Way>
      <Way icon="folder" title="Judge your own backend">
        <p>Any folder with an OpenAPI document or a WSDL. What it is written in is found out.</p>
        <Link to="/backends" className={buttonClass()}>
          Choose a folder
        </Link>
      </Way>
    </ul>
  );
}

function Way({
  icon,
  title,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <li className="way">
      <span className="way-icon">
        <Icon name={icon} size={20} />
      </span>
      <h2>{title}</h2>
      {children}
    </li>
  );
}

function JudgeSample({ primary }: { readonly primary: boolean }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const judge = useMutation({
    mutationFn: async () => {
      const { folder, challenge } = answered(
        await api.POST('/api/challenges/{slug}/samples', { params: { path: { slug: sampleChallenge } }, body: {} }),
      );
      return answered(await api.POST('/api/runs', { body: { folder, challenge, only: sampleChecks } }));
    },
    onSuccess: async (run) => {
      queries.setQueryData(['runs', run.id], run);
      await queries.invalidateQueries({ queryKey: ['runs', 'recent'] });
      await navigate({ to: '/runs/$id', params: { id: run.id } });
    },
  });
  return (
    <>
      <Button
        icon="play"
        variant={primary ? 'primary' : 'default'}
        busy={judge.isPending}
        onClick={() => judge.mutate()}
      >
        Judge a sample
      </Button>
      <Refusal error={judge.error} />
    </>
  );
}
