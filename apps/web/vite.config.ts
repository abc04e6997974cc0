import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { oneFile } from './build/one-file.ts';

/** Two things are built from one source: the app (`index.html` and its parts), and with `--mode report` the page of one run as a single file. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  plugins: [react(), ...(mode === 'report' ? [oneFile()] : [])],
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  server: { proxy: { '/api': 'http://127.0.0.1:4170' } },
  build: {
    outDir: process.env['ASSAY_PAGES'] ?? path.join(import.meta.dirname, 'dist'),
    emptyOutDir: false,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // A page of one file has nothing beside it to point to; a strict policy allows no data: addresses in the app.
    assetsInlineLimit: mode === 'report' ? Number.POSITIVE_INFINITY : 0,
    chunkSizeWarningLimit: 900,
    cssCodeSplit: mode !== 'report',
    rolldownOptions: {
      // How long each plugin took is nothing to whoever installs Assay.
      checks: { pluginTimings: false },
      input: path.join(import.meta.dirname, mode === 'report' ? 'report.html' : 'index.html'),
    },
  },
}));
