/** Every analysis, loaded when it is first asked for. A new one is one file beside this and one line here. */
export const ANALYSES = {
  separability: async () => (await import('./separability.ts')).separability,
  conventions: async () => (await import('./conventions.ts')).conventions,
  compare: async () => (await import('./compare.ts')).compare,
  equivalentNoise: async () => (await import('./equivalentNoise.ts')).equivalentNoise,
  mechanisms: async () => (await import('./mechanisms.ts')).mechanisms,
  coneMultiple: async () => (await import('./coneMultiple.ts')).coneMultiple,
  geometry: async () => (await import('./geometry.ts')).geometry,
  angleSplit: async () => (await import('./angleSplit.ts')).angleSplit,
  certified: async () => (await import('./certified.ts')).certified,
  walk: async () => (await import('./walk.ts')).walk,
  band: async () => (await import('./band.ts')).band,
  overlay: async () => (await import('./overlay.ts')).overlay,
  figure1: async () => (await import('./figure1.ts')).figure1,
  figure2: async () => (await import('./figure2.ts')).figure2,
  figure3: async () => (await import('./figure3.ts')).figure3,
  algebra: async () => (await import('./algebra.ts')).algebra,
  nearBoundary: async () => (await import('./nearBoundary.ts')).nearBoundary,
  beside: async () => (await import('./beside.ts')).beside,
};

export type AnalysisName = keyof typeof ANALYSES;
type Loaded<N extends AnalysisName> = Awaited<ReturnType<(typeof ANALYSES)[N]>>;
export type AnalysisOptions<N extends AnalysisName> = Parameters<Loaded<N>>[1];
export type AnalysisResult<N extends AnalysisName> = Awaited<ReturnType<Loaded<N>>>;
