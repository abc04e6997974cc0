import { asgi } from '../python/asgi.ts';

export const fastapi = asgi('FastAPI');
