import { useEffect, useState } from 'react';
import { ownData } from '../../state/ownData.ts';

/** Files dropped and tables pasted anywhere on the page go to the screen of own data. Says whether files hover above it. */
export function useBringing(): boolean {
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    const { show } = ownData.getState();
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setHovering(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setHovering(false);
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setHovering(false);
      show([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (target?.closest('input, textarea, [contenteditable]')) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) show(files);
      else if (/[\t,].*\n|^\s*\{.*\n/.test(text)) show([pasted(text)]);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);
  return hovering;
}

/** Cells copied from a spreadsheet have tabs between them. */
function pasted(text: string): File {
  const first = text.slice(0, text.indexOf('\n'));
  const type = /^\s*\{/.test(first) ? 'jsonl' : first.includes('\t') ? 'tsv' : 'csv';
  return new File([text], `pasted.${type}`);
}
