const uuid = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;

/** UUIDs by their ends, which also tells apart those that were made at the same moment. */
export function shortIds(text: string): string {
  return text.replaceAll(uuid, (id) => `…${id.slice(-6)}`);
}
