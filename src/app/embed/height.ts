export const HEIGHT_MESSAGE = 'silent-failure-lab:height';

/**
 * Tells the page around this frame how tall the frame's content is, in CSS pixels, each time that changes. The message
 * carries nothing else, so that it may go to any page. Does nothing outside a frame.
 */
export function postHeight(window: Window, content: Element): () => void {
  if (window.parent === window) return () => {};
  let told = -1;
  const tell = () => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    window.parent.postMessage({ type: HEIGHT_MESSAGE, height }, '*');
  };
  const observer = new ResizeObserver(tell);
  observer.observe(content);
  tell();
  return () => observer.disconnect();
}
