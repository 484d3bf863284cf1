import './sameOrigin.ts';

// The guard above must run before any other module is evaluated, and chunking may reorder static imports.
import('../src/engine/expose.ts').then(
  ({ exposeEngine }) => exposeEngine(),
  // An unhandled rejection reaches nobody; an error thrown here reaches the page.
  (error: unknown) =>
    setTimeout(() => {
      throw error;
    }),
);
