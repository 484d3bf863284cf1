import { createStore } from 'zustand/vanilla';

export interface OwnDataDoor {
  readonly open: boolean;
  /** Files that were dropped, pasted or chosen; a new array each time that some are brought. */
  readonly brought: readonly File[];
  /** Opens the screen, with files where there are some. */
  show(files?: readonly File[]): void;
  close(): void;
}

/** Whether the screen of own data is open, and what was brought to it from anywhere on the page. */
export const ownData = createStore<OwnDataDoor>()((set) => ({
  open: false,
  brought: [],
  show: (files = []) => set({ open: true, brought: files }),
  close: () => set({ open: false, brought: [] }),
}));
