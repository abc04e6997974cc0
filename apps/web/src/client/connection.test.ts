import { expect, test, vi } from 'vitest';
import { ConnectionWatch } from './connection.ts';

test('tells that the server is back, each time, until nobody asks any more', () => {
  const watch = new ConnectionWatch(async () => true);
  const again = vi.fn();
  watch.tell('lost');
  const stop = watch.whenBack(again);
  watch.tell('locked');
  expect(again).not.toHaveBeenCalled();
  watch.tell('ok');
  watch.tell('lost');
  watch.tell('ok');
  expect(again).toHaveBeenCalledTimes(2);
  stop();
  watch.tell('lost');
  watch.tell('ok');
  expect(again).toHaveBeenCalledTimes(2);
  watch.watch()();
});
