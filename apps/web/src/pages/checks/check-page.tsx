import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { checkQuery } from '../../client/queries.ts';
import { SeverityBadge, Tag } from '../../design/badge.tsx';
import { Markdown } from '../../markdown/markdown.tsx';
import { Loaded } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { pageLink } from '../../shell/page-link.tsx';
import { skillNames } from '../../shell/skill-names.ts';
import './checks.css';

const route = getRouteApi('/checks/$area/$name');

/** A page of the handbook. */
export function CheckPage() {
  const { area, name } = route.useParams();
  const query = useQuery(checkQuery(area, name));
  const { data } = query;
  return (
    <Page
      key={`${area}/${name}`}
      title={data?.claim ?? `${area}/${name}`}
      above={
        <Link to="/checks" search={{ q: undefined, area }}>
          Checks, {area}
        </Link>
      }
      lead={
        data === undefined ? undefined : (
          <div className="facts">
            <Tag mono>{data.id}</Tag>
            <SeverityBadge severity={data.severity} />
            <span>{skillNames[data.skill]}</span>
            {Object.values(data.names).map((one) => (
              <Tag key={one}>{one}</Tag>
            ))}
          </div>
        )
      }
    >
      <Loaded query={query} lines={14}>
        {({ markdown }) => (
          <Markdown source={withoutHead(markdown)} links={{ base: `docs/checks/${area}/${name}.md`, pageLink }} />
        )}
      </Loaded>
    </Page>
  );
}

/** The page has id, claim and names above already. */
function withoutHead(markdown: string): string {
  return markdown
    .replace(/<!-- generated: head -->[\s\S]*?<!-- end of generated -->\s*/, '')
    .replace(/^\s*# .*\n+(\*\*.*\*\*\n+)?/, '');
}
