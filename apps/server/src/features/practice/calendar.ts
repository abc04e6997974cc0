import { createHmac, timingSafeEqual } from 'node:crypto';
import { calendarOf } from '@assay/practice';
import { Type } from 'typebox';
import type { App } from '../../app.ts';
import { digest } from '../../plugins/security.ts';
import { notFound } from '../../problems.ts';
import type { Services } from '../../services.ts';

/** A calendar program can send no token: the address itself is the key, to this feed alone. */
export function calendarAddress({ home }: Pick<Services, 'home'>): string {
  const key = createHmac('sha256', home.secret).update('practice calendar').digest('base64url');
  return `/calendar/${key}`;
}

/** Reminders for the days on which questions come due. */
export function calendarRoute(app: App, services: Services): void {
  app.get(
    '/calendar/:key',
    {
      schema: {
        hide: true,
        params: Type.Object({ key: Type.String({ maxLength: 100 }) }),
        querystring: Type.Object({ hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23, default: 8 })) }),
      },
    },
    async ({ params, query }, reply) => {
      if (!timingSafeEqual(digest(`/calendar/${params.key}`), digest(calendarAddress(services))))
        throw notFound('calendar');
      const { progress } = services.practice;
      const due = [...progress.cards.values()].map((card) => card.due);
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(calendarOf(due, Date.now(), query.hour ?? 8));
    },
  );
}
