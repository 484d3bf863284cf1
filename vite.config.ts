import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The development server injects styles inline, which the page's own policy forbids; the build keeps the policy. */
const stylesInDevelopment: Plugin = {
  name: 'styles-in-development',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** Puts the first picture into the page as data, so that it is painted before any other file arrives. */
const firstPicture: Plugin = {
  name: 'first-picture',
  transformIndexHtml: () => [
    {
      tag: 'script',
      attrs: { type: 'application/json', id: 'first-picture' },
      children: readFileSync(new URL('src/labs/drift/defaultResult.json', import.meta.url), 'utf8').trim(),
      injectTo: 'body',
    },
  ],
};

export default defineConfig({
  base: './',
  plugins: [react(), stylesInDevelopment, firstPicture],
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        comments: false,
        // The engine with all that its start needs in one file: one request, and better compressed than a dozen.
        codeSplitting: { groups: [{ name: 'engine', test: /src\/engine\/expose\.ts$/ }] },
      },
    },
  },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    // The first view in one file, as the engine above; the parts that open later share it.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'page', test: /src\/app\/main\.tsx$/ }] } },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
