import { useQuery } from '@tanstack/react-query';
import { toolchainsQuery } from '../../client/queries.ts';
import { StatusMark } from '../../design/badge.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Panel } from '../../design/panel.tsx';
import { Loaded } from '../../shell/loaded.tsx';

const isMac = /Mac/.test(navigator.userAgent);

/** What is on this machine, what is missing, and how to get it. */
export function Toolchains() {
  const query = useQuery(toolchainsQuery);
  return (
    <Panel
      title="Toolchains"
      note="What judging backends in other languages needs. PostgreSQL and Node.js come with Assay."
    >
      <Loaded query={query} lines={8}>
        {(toolchains) => (
          <ul className="toolchains">
            {toolchains.map(({ id, neededFor, present, version, path, problem, howToGet }) => {
              const how = isMac ? howToGet.macos : howToGet.debian;
              return (
                <li key={id} className="toolchain">
                  <StatusMark status={problem !== null ? 'undecided' : present ? 'passed' : 'not-applicable'} />
                  <div className="toolchain-words">
                    <span>
                      <b>{id}</b> <span className="soft">{present ? (version ?? '') : 'not here'}</span>
                    </span>
                    <span className="soft">{neededFor}</span>
                    {problem === null ? null : <span className="words-undecided">{problem}</span>}
                    {present ? (
                      <code className="soft toolchain-path">{path}</code>
                    ) : (
                      <span className="toolchain-how">
                        <code>{how}</code> <CopyButton text={how} label={`Copy how to get ${id}`} />
                      </span>
                    )}
                  </div>
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
