/** How long a saved file's address lives: long enough for any browser to have taken it. */
const KEPT_MS = 60_000;

/** Hands a file to the person. Nothing leaves the page: the browser copies it from the page's memory. */
export function download(name: string, content: string | Blob, type: string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
