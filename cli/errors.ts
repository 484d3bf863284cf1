/** Bad input from the command line: printed as one line, exit code 2. */
export class UsageError extends Error {}

export const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
