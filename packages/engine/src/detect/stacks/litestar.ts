import { asgi } from '../python/asgi.ts';

export const litestar = asgi('Litestar');
