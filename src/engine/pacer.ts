/** Milliseconds of work between two looks at the message queue: half a frame, so that a drag is never stuck behind. */
const SLICE = 8;

/** Says when long work has held the thread long enough. */
export function createPacer(): { due(): boolean; reset(): void } {
  let began = performance.now();
  return {
    due: () => performance.now() - began >= SLICE,
    reset: () => {
      began = performance.now();
    },
  };
}

/** Lets waiting messages in. A message channel, since nested timers wait at least 4 ms. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
