import { drawMark, type MarkLook } from './mark-canvas';

/** An A4 sheet at the resolution of print layout, so that the mark covers it too. */
const sheet = { width: 1123, height: 1588 } as const;
const restoresPerSecond = 20;

const hostRules: Record<string, string> = {
  all: 'initial',
  position: 'fixed',
  inset: '0',
  display: 'block',
  overflow: 'hidden',
  visibility: 'visible',
  opacity: '1',
  'pointer-events': 'none',
  'user-select': 'none',
  'z-index': '2147483647',
  'print-color-adjust': 'exact',
  '-webkit-print-color-adjust': 'exact',
};

/**
 * Keeps a mark over the whole page until the returned function is called. It
 * stands outside the body, above everything, lets every click through, and is
 * made anew whenever it is removed, moved or altered; `onAltered` then hears
 * of it.
 *
 * The canvas itself is shown rather than an image made from it: the content
 * security policy lets no data: image in.
 */
export function keepMark(lines: string[], look: MarkLook, onAltered?: () => void): () => void {
  let host = build(lines, look);
  let restores: number[] = [];
  let pause: ReturnType<typeof setTimeout> | undefined;
  const parent = document.documentElement;
  const watcher = new MutationObserver(restore);

  function place() {
    parent.append(host);
    watcher.observe(parent, { childList: true });
    watcher.observe(host, { attributes: true, childList: true });
  }

  function restore() {
    if (untouched(host) || pause !== undefined) return;
    const now = Date.now();
    restores = restores.filter((at) => now - at < 1000);
    if (restores.length >= restoresPerSecond) {
      pause = setTimeout(() => {
        pause = undefined;
        restore();
      }, 1000 / restoresPerSecond);
      return;
    }
    restores.push(now);
    watcher.disconnect();
    host.remove();
    host = build(lines, look);
    place();
    onAltered?.();
  }

  const restoreResized = () => {
    if (!covers(host)) {
      watcher.disconnect();
      host.remove();
      host = build(lines, look);
      place();
    }
  };

  place();
  window.addEventListener('resize', restoreResized);
  return () => {
    window.removeEventListener('resize', restoreResized);
    clearTimeout(pause);
    watcher.disconnect();
    host.remove();
  };
}

const intact = new WeakMap<HTMLElement, { style: string; width: number; height: number }>();

function build(lines: string[], look: MarkLook): HTMLElement {
  const host = document.createElement('div');
  host.setAttribute('aria-hidden', 'true');
  for (const [name, value] of Object.entries(hostRules)) host.style.setProperty(name, value, 'important');
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(sheet.width, window.innerWidth);
  canvas.height = Math.max(sheet.height, window.innerHeight);
  canvas.style.setProperty('display', 'block');
  drawMark(canvas, lines, look);
  host.attachShadow({ mode: 'closed' }).append(canvas);
  intact.set(host, { style: host.style.cssText, width: canvas.width, height: canvas.height });
  return host;
}

function untouched(host: HTMLElement): boolean {
  return (
    host.parentNode === document.documentElement &&
    host.nextElementSibling === null &&
    host.style.cssText === intact.get(host)?.style &&
    host.attributes.length === 2 &&
    host.childNodes.length === 0
  );
}

function covers(host: HTMLElement): boolean {
  const size = intact.get(host);
  return size !== undefined && size.width >= window.innerWidth && size.height >= window.innerHeight;
}
