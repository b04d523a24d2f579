import { minute } from '@/language/time';

const lately = 5 * minute;
let last = Date.now();

const note = () => {
  last = Date.now();
};
for (const sign of ['pointerdown', 'keydown', 'wheel']) window.addEventListener(sign, note, { capture: true, passive: true });

/**
 * Whether somebody is at this page. What the page asks by itself would keep a
 * session from ending, so it asks only while somebody is there.
 */
export function somebodyIsHere(): boolean {
  return document.visibilityState === 'visible' && Date.now() - last < lately;
}
