import { pageNonce } from '@/theme/nonce';

/** A file that came in base64. */
export function fileOf(content: string, media: string): Blob {
  return new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], { type: media });
}

/** A page that came in base64. */
export const textOf = (content: string) => new TextDecoder().decode(Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)));

const aMinute = 60_000;

/** Hands the browser a file to be kept. */
export function keepFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), aMinute);
}

/** Shows a file in a window of its own; false where the browser does not let one open. */
export function showFile(file: Blob): boolean {
  const url = URL.createObjectURL(file);
  setTimeout(() => URL.revokeObjectURL(url), aMinute);
  return window.open(url) !== null;
}

let sheet: HTMLIFrameElement | undefined;

/**
 * Prints a page that the server set, as it is. Its styles get the nonce of this
 * page, under whose policy it stands here.
 */
export async function printPage(html: string): Promise<void> {
  sheet?.remove();
  const frame = document.createElement('iframe');
  sheet = frame;
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  Object.assign(frame.style, { position: 'fixed', width: '0', height: '0', border: '0', visibility: 'hidden' });
  frame.srcdoc = html.replaceAll('<style>', `<style nonce="${pageNonce() ?? ''}">`);
  const here = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await here;
  frame.contentWindow?.addEventListener('afterprint', () => frame.remove());
  frame.contentWindow?.print();
}
