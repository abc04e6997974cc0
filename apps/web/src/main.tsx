import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeRouter } from './app/router.tsx';
import { takeToken } from './client/token.ts';
import { applyPreferences, rememberedPreferences } from './shell/preferences.ts';
import './design/design.css';

takeToken();
applyPreferences(rememberedPreferences());
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What failed for want of a server is asked again when the server is back; what was refused stays refused.
      retry: false,
      staleTime: 2000,
      // Loopback works without a network.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
const router = makeRouter(queries);
const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
