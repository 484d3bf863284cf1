import './sameOrigin.ts';

// The guard above must run before any other module is evaluated, and chunking may reorder static imports.
import('../src/engine/own/exposeImporter.ts').then(
  ({ exposeImporter }) => exposeImporter(),
  // An unhandled rejection reaches nobody; an error thrown here reaches the page.
  (error: unknown) =>
    setTimeout(() => {
      throw error;
    }),
);
