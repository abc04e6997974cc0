import { asgi } from '../python/asgi.ts';

/** Comes after FastAPI, which is made of it. */
export const starlette = asgi('Starlette');
