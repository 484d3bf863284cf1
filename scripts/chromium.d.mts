export interface FindChromiumOptions {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  installed?: () => string[];
  own?: () => string | null;
  installers?: { name: string; install: () => Promise<void> }[];
  log?: (line: string) => void;
}

export const HOW_TO_GET_ONE: string;
export function candidates(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform): string[];
export function findChromium(options?: FindChromiumOptions): Promise<string>;
export function installedChromium(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform): string | undefined;
