import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { interviewQuery } from '../../../client/practice.ts';
import { Loaded } from '../../../shell/loaded.tsx';
import { Page } from '../../../shell/page.tsx';
import { PracticeNav } from '../practice-nav.tsx';
import { InterviewRoom } from './interview-room.tsx';
import { TranscriptView } from './transcript-view.tsx';

const route = getRouteApi('/practice/mock/$id');

/** A mock interview: the room while it goes on, its transcript afterwards. */
export function InterviewPage() {
  const { id } = route.useParams();
  const query = useQuery(interviewQuery(id));
  return (
    <Page
      title="Mock interview"
      wide
      above={<PracticeNav />}
      lead={
        query.data === undefined ? undefined : (
          <>
            {query.data.roleName}, level {query.data.level}, {query.data.minutes} minutes.{' '}
            <Link to="/practice/mock">All interviews</Link>
          </>
        )
      }
    >
      <Loaded query={query} lines={10}>
        {(interview) =>
          interview.status === 'ended' ? (
            <TranscriptView interview={interview} />
          ) : (
            <InterviewRoom interview={interview} />
          )
        }
      </Loaded>
    </Page>
  );
}
