import { decodeLink, encodeLink } from '../spec/link.ts';
import { pageParts } from '../spec/linkPage.ts';
import { followAddress, type AddressWindow } from './address.ts';
import type { AddressStore } from './addressStore.ts';
import type { SpecStore } from './specStore.ts';

/** The parts of a session that an address needs. */
export interface Linked {
  readonly spec: SpecStore;
  readonly address: AddressStore;
}

/**
 * Keeps address and spec together from now on; once for each session. `began` is the hash that the page began with: where
 * another one stands there by now, a person opened it meanwhile.
 */
export function joinAddress(window: AddressWindow, { spec, address }: Linked, began: string): void {
  if (address.getState().address) return;
  const first = address.getState().opened ?? decodeLink('');
  const follower = followAddress(window, spec, { decodeLink, encodeLink, pageParts }, first, (opened) =>
    address.setState({ opened, unread: false }),
  );
  address.setState({ address: follower });
  if (window.location.hash !== began) follower.read();
}
