import { createStore } from 'zustand/vanilla';
import type { DecodedLink } from '../spec/link.ts';
import type { Address } from './address.ts';

/** What the page knows of the link it was opened with. */
export interface AddressState {
  /** The link opened last, by whatever way; null where the page began without one and none was opened since. */
  readonly opened: DecodedLink | null;
  /** Whether the address holds a link that could not be read, because the code for it did not arrive. */
  readonly unread: boolean;
  /** What keeps address and spec together; null until something changed or a link was opened. */
  readonly address: Address | null;
}

/** Undefined stands for a link that could not be read. */
export const createAddressStore = (link: DecodedLink | null | undefined) =>
  createStore<AddressState>()(() => ({ opened: link ?? null, unread: link === undefined, address: null }));

export type AddressStore = ReturnType<typeof createAddressStore>;
