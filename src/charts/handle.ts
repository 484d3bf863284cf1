import { htmlChild, set, setText } from './svg.ts';

/** What a person does with a handle. Values are the handle's own units. */
export interface HandleActions {
  /** The pointer is at this x, pixels of the drawing. */
  toPixel(x: number): void;
  /** Moves by this many steps (negative is down). */
  step(steps: number): void;
  toStart(): void;
  toEnd(): void;
  /** A gesture ended. */
  commit(): void;
}

export interface HandleState {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  /** Width of the drawing: the tag stays inside it. */
  readonly width: number;
  readonly now: number;
  readonly min: number;
  readonly max: number;
  /** Spoken value. */
  readonly valueText: string;
  /** Text on the handle's tag. */
  readonly tag: string;
}

export interface Handle {
  draw(state: HandleState): void;
  /** Lets a press anywhere in this element take hold of the handle. */
  catchPresses(element: HTMLElement): void;
  readonly dragging: boolean;
  setEnabled(enabled: boolean): void;
  setName(name: string): void;
  destroy(): void;
}

/** How many steps a key moves a slider; null for other keys. */
export function keySteps(key: string): number | null {
  if (key === 'ArrowRight' || key === 'ArrowUp') return 1;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return -1;
  if (key === 'PageUp') return 10;
  if (key === 'PageDown') return -10;
  return null;
}

/** A vertical handle over a drawing: a slider for mouse, touch and keyboard. */
export function createHandle(frame: HTMLElement, label: string, className: string, actions: HandleActions): Handle {
  const node = htmlChild(frame, 'div', `chart-handle ${className}`);
  set(node, { role: 'slider', 'aria-label': label, 'aria-orientation': 'horizontal' });
  const tag = htmlChild(node, 'span', 'chart-handle-tag');
  tag.setAttribute('aria-hidden', 'true');
  htmlChild(node, 'span', 'chart-handle-line');

  let held: number | null = null;
  let enabled = true;
  const pixel = (event: PointerEvent): number => event.clientX - frame.getBoundingClientRect().left;
  const onDown = (event: PointerEvent): void => {
    if (!enabled || event.button !== 0) return;
    held = event.pointerId;
    node.setPointerCapture(event.pointerId);
    node.classList.add('is-held');
    node.focus({ preventScroll: true });
    actions.toPixel(pixel(event));
    event.preventDefault();
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerId === held) actions.toPixel(pixel(event));
  };
  const onUp = (event: PointerEvent): void => {
    if (event.pointerId !== held) return;
    held = null;
    node.classList.remove('is-held');
    actions.commit();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!enabled || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = keySteps(event.key);
    if (steps !== null) actions.step(steps);
    else if (event.key === 'Home' || event.key === '0') actions.toStart();
    else if (event.key === 'End') actions.toEnd();
    else return;
    event.preventDefault();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (enabled && (keySteps(event.key) !== null || ['Home', 'End', '0'].includes(event.key))) actions.commit();
  };
  node.addEventListener('pointerdown', onDown);
  node.addEventListener('pointermove', onMove);
  node.addEventListener('pointerup', onUp);
  node.addEventListener('pointercancel', onUp);
  node.addEventListener('keydown', onKey);
  node.addEventListener('keyup', onKeyUp);
  const caught: HTMLElement[] = [];

  return {
    draw(state) {
      node.style.transform = `translateX(${state.x.toFixed(2)}px)`;
      node.style.top = `${state.top}px`;
      node.style.height = `${state.bottom - state.top}px`;
      set(node, {
        'aria-valuenow': String(state.now),
        'aria-valuemin': String(state.min),
        'aria-valuemax': String(state.max),
        'aria-valuetext': state.valueText,
      });
      setText(tag, state.tag);
      // The tag is about 8 px a character; near an edge it slides so as not to leave the drawing.
      const half = 4.2 * state.tag.length + 10;
      const slide = Math.max(half - state.x, 0) - Math.max(half - (state.width - state.x), 0);
      tag.style.transform = `translateX(calc(-50% + ${slide.toFixed(1)}px))`;
    },
    catchPresses(element) {
      element.addEventListener('pointerdown', onDown);
      caught.push(element);
    },
    get dragging() {
      return held !== null;
    },
    setEnabled(value) {
      enabled = value;
      node.classList.toggle('is-fixed', !value);
      if (value) {
        node.tabIndex = 0;
        node.removeAttribute('aria-disabled');
      } else {
        node.removeAttribute('tabindex');
        node.setAttribute('aria-disabled', 'true');
      }
    },
    setName: (name) => set(node, { 'aria-label': name }),
    destroy() {
      for (const element of caught) element.removeEventListener('pointerdown', onDown);
      node.remove();
    },
  };
}
