import * as comlink from 'comlink';
import { Engine } from './engine.ts';
import { READY } from './ready.ts';
import { createSiteSource } from './siteSource.ts';

export function exposeEngine(): void {
  comlink.expose(new Engine(createSiteSource));
  self.postMessage(READY);
}
