/** Sent once by the engine worker, when it is able to answer. */
export const READY = 'engine-ready';
