/** What the checks of an area are about. */
export const areaWords: Readonly<Record<string, string>> = {
  contract: 'the answers are what the document says',
  http: 'the protocol is spoken as it is written down',
  data: 'what was stored comes back, also under races',
  queries: 'how the database is asked',
  schema: 'how the tables are made',
  security: 'what strangers must not be able to do',
  resilience: 'kills, cuts and slow clients',
  performance: 'cost under load, beside a reference',
  soap: 'envelopes, faults and actions',
};
