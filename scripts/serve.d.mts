import type { Server } from 'node:http';

export const SECURITY_HEADERS: Readonly<Record<string, string>>;
export function chooseEncoding(header?: string): 'br' | 'gzip' | null;
export function createServer(options?: { root?: string; base?: string }): Server;
export function listen(server: Server, port: number, options?: { tries?: number }): Promise<number>;
export function closeOnSignals(server: Server): void;
