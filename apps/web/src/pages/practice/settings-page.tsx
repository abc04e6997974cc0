import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { answered, api } from '../../client/api.ts';
import { practiceSettingsQuery } from '../../client/practice.ts';
import { Button, LinkButton } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Field } from '../../design/field.tsx';
import { Panel } from '../../design/panel.tsx';
import { announce } from '../../shell/announce.tsx';
import { Loaded, Refusal } from '../../shell/loaded.tsx';
import { Page } from '../../shell/page.tsx';
import { plural } from '../../shell/words.ts';
import { fileOf } from './deck-file.ts';
import { PracticeNav } from './practice-nav.tsx';
import { percent } from './words.ts';
import './progress/progress.css';
import '../settings/settings.css';

/** How much shall be known when it comes due, decks of other programs, and reminders. */
export function PracticeSettingsPage() {
  const query = useQuery(practiceSettingsQuery);
  return (
    <Page
      title="Schedule and data"
      above={<PracticeNav />}
      lead="What is set here holds in the terminal, too: it is one history."
    >
      <Loaded query={query} lines={10}>
        {({ retention, fitted, folder, calendar }) => (
          <>
            <Panel title="Schedule">
              <Retention retention={retention} />
              <Fit fitted={fitted} />
            </Panel>
            <Decks />
            <Panel
              title="Reminders"
              note="A calendar feed for the days on which questions come due. Whoever knows the address can read it, and nothing else."
            >
              <p className="feed">
                <code>{new URL(calendar, globalThis.location.origin).href}</code>{' '}
                <CopyButton
                  text={new URL(calendar, globalThis.location.origin).href}
                  label="Copy the address of the feed"
                />
              </p>
              <p className="soft">
                Subscribe to it in the calendar program of this machine; <code>?hour=18</code> moves the reminders to
                18:00.
              </p>
            </Panel>
            <Panel title="Where it is kept">
              <p>
                <code>{folder}</code> <CopyButton text={folder} label="Copy the folder’s path" />
              </p>
              <p className="soft">Every answer is a line of reviews.ndjson; mock interviews are files beside it.</p>
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Retention({ retention }: { readonly retention: number }) {
  const [wanted, setWanted] = useState(Math.round(retention * 100));
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: async () => answered(await api.PATCH('/api/practice/settings', { body: { retention: wanted / 100 } })),
    onSuccess: async () => {
      announce('Saved.');
      await queries.invalidateQueries({ queryKey: ['practice'] });
    },
  });
  return (
    <form
      className="retention"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Field
        label={`Wanted retention: ${percent(wanted / 100)}`}
        hint="The share of questions that you want to know when they come due. More means more questions a day."
      >
        {(ties) => (
          <input
            {...ties}
            aria-invalid={undefined}
            type="range"
            min={70}
            max={97}
            value={wanted}
            onChange={({ target }) => setWanted(Number(target.value))}
          />
        )}
      </Field>
      <Button type="submit" busy={save.isPending}>
        Save
      </Button>
      <Refusal error={save.error} />
    </form>
  );
}

function Fit({ fitted }: { readonly fitted: boolean }) {
  const queries = useQueryClient();
  const fit = useMutation({
    mutationFn: async () => answered(await api.POST('/api/practice/settings/fit')),
    onSuccess: async ({ said }) => {
      announce(said);
      await queries.invalidateQueries({ queryKey: ['practice'] });
    },
  });
  return (
    <div className="fit">
      <p>
        {fitted
          ? 'The schedule goes by weights that are fitted to your own memory.'
          : 'The schedule goes by FSRS-6’s weights of thousands of people.'}
      </p>
      <Button onClick={() => fit.mutate()} busy={fit.isPending}>
        Fit it to my memory
      </Button>
      {fit.data === undefined ? null : <p role="status">{fit.data.said}</p>}
      <Refusal error={fit.error} />
    </div>
  );
}

function Decks() {
  const queries = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const take = useMutation({
    mutationFn: async (file: File) => answered(await api.POST('/api/practice/imports', { body: await fileOf(file) })),
    onSuccess: async ({ added }) => {
      announce(`${plural(added, 'review')} taken over.`);
      await queries.invalidateQueries({ queryKey: ['practice'] });
    },
    onSettled: () => {
      if (field.current !== null) field.current.value = '';
    },
  });
  return (
    <Panel
      title="Decks"
      note="Take the questions with their scheduling to Anki, and bring back what you answered there."
    >
      <div className="decks">
        <LinkButton icon="file" href="/api/practice/deck" download="assay.apkg">
          Anki deck
        </LinkButton>
        <LinkButton icon="file" href="/api/practice/deck?format=current" download="assay.apkg">
          Anki deck, 2.1.50 and later
        </LinkButton>
        <LinkButton icon="file" href="/api/practice/reviews" download="assay-reviews.csv">
          Reviews as CSV
        </LinkButton>
      </div>
      <Field label="Take over a deck" hint="An .apkg of Anki, or a .csv that was exported here.">
        {(ties) => (
          <input
            {...ties}
            aria-invalid={undefined}
            ref={field}
            className="input"
            type="file"
            accept=".apkg,.csv"
            disabled={take.isPending}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file !== undefined) take.mutate(file);
            }}
          />
        )}
      </Field>
      {take.data === undefined ? null : (
        <p role="status">
          {plural(take.data.added, 'review')} taken over, {take.data.known} {take.data.known === 1 ? 'was' : 'were'}{' '}
          known
          {take.data.foreign === 0
            ? ''
            : take.data.foreign === 1
              ? '; 1 note is not Assay’s and was left alone'
              : `; ${take.data.foreign} notes are not Assay’s and were left alone`}
          .
        </p>
      )}
      <Refusal error={take.error} />
    </Panel>
  );
}
