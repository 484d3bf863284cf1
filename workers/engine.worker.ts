import './sameOrigin.ts';

// The guard above must run before any other module is evaluated, and chunking may reorder static imports.
void import('../src/engine/expose.ts').then(({ exposeEngine }) => exposeEngine());
