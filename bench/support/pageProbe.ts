/*
 * Runs inside the page: each function is sent there as text, so it may use nothing of this module but its arguments.
 */

/** One answer of the engine worker to a run. */
export interface Reply {
  readonly sigma: number;
  /** From the page's call to the answer's arrival, milliseconds. */
  readonly roundTripMs: number;
  /** What the engine says its step took. */
  readonly engineMs: number;
  /** Reading the structured clone of the answer on the page. */
  readonly readMs: number;
}

export interface Painted {
  /** From the slider's event to the charts' nodes being written. */
  readonly drawnMs: number;
  /** From the slider's event until the frame that shows it was painted. */
  readonly paintedMs: number;
  /** That frame: from its start to the end of its style, layout and paint. */
  readonly frameMs: number;
}

export interface Drag {
  readonly events: number;
  readonly painted: readonly Painted[];
  readonly dropped: number;
  /** Null where events do not follow the frames. */
  readonly framesPerSecond: number | null;
  readonly replies: readonly Reply[];
}

export interface Usable {
  /** All since the start of the navigation. */
  readonly firstPaintMs: number;
  readonly readyMs: number;
  /** The first move of the slider after that has been painted. */
  readonly answeredMs: number;
}

interface ProbeState {
  replies: Reply[];
  /** Calls of run and sweep that the worker has not answered. */
  pending: number;
  /** Analyses that the worker has not answered, and how many were asked for. */
  analysing: number;
  analysesAsked: number;
  usable: Usable | null;
}

declare global {
  interface Window {
    benchProbe: ProbeState;
  }
}

/** Listens to the engine worker's traffic; installed before the page's own scripts. */
export function installProbe(): void {
  const state: ProbeState = { replies: [], pending: 0, analysing: 0, analysesAsked: 0, usable: null };
  window.benchProbe = state;
  const waiting = new Map<string, { readonly at: number; readonly sigma: number | null }>();
  const analyses = new Set<string>();
  const Native = window.Worker;
  window.Worker = class extends Native {
    constructor(url: string | URL, settings?: WorkerOptions) {
      super(url, settings);
      this.addEventListener('message', (event: MessageEvent) => {
        const arrived = performance.now();
        const data = event.data as { id?: string; value?: { step?: { sigma: number; ms: number } } } | null;
        const readMs = performance.now() - arrived;
        if (data?.id !== undefined && analyses.delete(data.id)) state.analysing -= 1;
        const call = data?.id === undefined ? undefined : waiting.get(data.id);
        if (call === undefined || data?.id === undefined) return;
        waiting.delete(data.id);
        state.pending -= 1;
        const step = data.value?.step;
        if (step !== undefined) {
          state.replies.push({ sigma: step.sigma, roundTripMs: arrived - call.at, engineMs: step.ms, readMs });
        }
      });
    }

    override postMessage(message: unknown, transfer?: unknown): void {
      const { id, path } = message as { id?: string; path?: string[] };
      if (id !== undefined && (path?.[0] === 'run' || path?.[0] === 'sweep')) {
        waiting.set(id, { at: performance.now(), sigma: null });
        state.pending += 1;
      }
      if (id !== undefined && path?.[0] === 'analyse') {
        analyses.add(id);
        state.analysing += 1;
        state.analysesAsked += 1;
      }
      super.postMessage(message, transfer as Transferable[]);
    }
  };
}

/** Moves the slider through its range, one event a frame (or every `everyMs`), and clocks every σ that gets painted. */
export async function dragSlider([events, everyMs]: [number, number | null]): Promise<Drag> {
  const slider = document.querySelector<HTMLInputElement>('input.sigma-range');
  const exact = document.querySelector<HTMLInputElement>('input.sigma-number');
  const tiles = document.querySelector<HTMLElement>('.headlines[data-sigma]');
  if (!slider || !exact || !tiles) throw new Error('The page has no slider, no exact σ or no headline tiles with a σ.');
  const sent = new Map<string, number>();
  const painted: Painted[] = [];
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  const drawnAt = new Map<string, number>();
  let scheduled = false;
  const observer = new MutationObserver(() => {
    drawnAt.set(tiles.dataset.sigma ?? '', performance.now());
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      const frame = performance.now();
      const sigma = tiles.dataset.sigma ?? '';
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        const began = sent.get(sigma);
        if (began === undefined) return;
        const now = performance.now();
        const drawn = drawnAt.get(sigma) ?? Number.NaN;
        painted.push({ drawnMs: drawn - began, paintedMs: now - began, frameMs: now - frame });
        sent.delete(sigma);
      };
      port2.postMessage(null);
    });
  });
  observer.observe(tiles, { attributes: true, attributeFilter: ['data-sigma'] });

  const firstReply = window.benchProbe.replies.length;
  const positions = Number(slider.max);
  const nextTurn = (): Promise<unknown> =>
    new Promise((resolve) => (everyMs === null ? requestAnimationFrame(resolve) : setTimeout(resolve, everyMs)));
  await nextTurn();
  const began = performance.now();
  for (let k = 0; k < events; k++) {
    const position = Math.round(positions * (0.1 + (0.8 * k) / events));
    const at = performance.now();
    setValue?.call(slider, String(position));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    // The exact field follows at once, so it holds the σ that this event asked for.
    sent.set(exact.value, at);
    await nextTurn();
  }
  const seconds = (performance.now() - began) / 1000;
  for (let k = 0; k < 600 && (window.benchProbe.pending > 0 || k < 5); k++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  observer.disconnect();
  const replies = window.benchProbe.replies.slice(firstReply);
  // One event a frame: as many frames as events. Counting them otherwise would itself ask for frames.
  const framesPerSecond = everyMs === null ? events / seconds : null;
  return { events, painted, dropped: events - painted.length, framesPerSecond, replies };
}

/** Waits for the engine, moves the slider once, and notes when that was painted; installed before the page's scripts. */
export function installUsableProbe(): void {
  const move = (slider: HTMLInputElement, tiles: HTMLElement, readyMs: number): void => {
    slider.value = String(Math.round(Number(slider.max) / 3));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const wanted = document.querySelector<HTMLInputElement>('input.sigma-number')?.value;
    const look = (): void => {
      if (tiles.dataset.sigma !== wanted) {
        requestAnimationFrame(look);
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        const firstPaintMs = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
        window.benchProbe.usable = { firstPaintMs, readyMs, answeredMs: performance.now() };
      };
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  };
  const wait = (): void => {
    const slider = document.querySelector<HTMLInputElement>('input.sigma-range');
    const tiles = document.querySelector<HTMLElement>('.headlines[data-sigma]');
    const ready = document.querySelector('[data-testid="engine-status"][data-phase="ready"]');
    if (slider && tiles && ready) move(slider, tiles, performance.now());
    else requestAnimationFrame(wait);
  };
  requestAnimationFrame(wait);
}
