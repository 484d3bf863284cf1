/** How long a drawing out of view waits after the last request before it is made all the same. */
const OUT_OF_VIEW_MS = 120;

export interface ViewedDrawing {
  /** Draws now where the element is in view, else when requests rest or the element comes into view. */
  request(): void;
  stop(): void;
}

/** Draws what is in view at once: while a slider moves, the rest follows when it rests. */
export function drawInView(element: Element, draw: () => void): ViewedDrawing {
  let inView = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const drawWaiting = (): void => {
    if (waiting === undefined) return;
    clearTimeout(waiting);
    waiting = undefined;
    draw();
  };
  const view = new IntersectionObserver(
    (entries) => {
      inView = entries[entries.length - 1].isIntersecting;
      if (inView) drawWaiting();
    },
    { rootMargin: '100px' },
  );
  view.observe(element);
  return {
    request() {
      if (inView) return draw();
      clearTimeout(waiting);
      waiting = setTimeout(drawWaiting, OUT_OF_VIEW_MS);
    },
    stop() {
      view.disconnect();
      clearTimeout(waiting);
    },
  };
}
