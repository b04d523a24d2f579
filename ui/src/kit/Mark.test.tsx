import { waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { Mark } from './Mark';

const written: string[] = [];
beforeEach(() => {
  written.length = 0;
  const pen = {
    save: () => undefined,
    restore: () => undefined,
    translate: () => undefined,
    rotate: () => undefined,
    fillText: (text: string) => written.push(text),
  };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as unknown as null);
});

const mark = () => document.documentElement.lastElementChild as HTMLElement;
const isMark = (element: Element | null) =>
  element instanceof HTMLElement && element.style.getPropertyValue('z-index') === '2147483647';

const shown = <Mark name="陈雅琴" staffNumber="10023" at="2026-03-02T08:05:00+08:00" code="K7Q2M" />;

it('carries who, when and the short code', () => {
  render(shown);
  expect(new Set(written)).toEqual(new Set(['陈雅琴 10023', '2026-03-02 08:05 K7Q2M']));
});

it('stands outside the body, above everything, and lets clicks through', () => {
  render(shown);
  expect(isMark(mark())).toBe(true);
  expect(mark().style.getPropertyValue('pointer-events')).toBe('none');
  expect(mark().style.getPropertyPriority('display')).toBe('important');
  expect(mark().shadowRoot).toBeNull();
});

it.each<[string, () => void]>([
  ['removed', () => mark().remove()],
  ['hidden', () => mark().style.setProperty('display', 'none', 'important')],
  ['made transparent', () => mark().style.setProperty('opacity', '0', 'important')],
  ['given a class', () => mark().setAttribute('class', 'hidden')],
  ['moved into the body', () => document.body.prepend(mark())],
  ['covered by a later element', () => document.documentElement.append(document.createElement('aside'))],
])('comes back when it is %s, and says so', async (_, attack) => {
  const altered = vi.fn();
  render(<Mark name="陈雅琴" staffNumber="10023" at="2026-03-02T08:05:00+08:00" code="K7Q2M" onAltered={altered} />);
  const first = mark();
  attack();
  await waitFor(() => expect(altered).toHaveBeenCalledOnce());
  expect(isMark(mark())).toBe(true);
  expect(mark()).not.toBe(first);
  expect([...document.querySelectorAll('div')].filter(isMark)).toHaveLength(1);
  document.querySelector('html > aside')?.remove();
});

it('leaves with the page', () => {
  const { unmount } = render(shown);
  unmount();
  expect([...document.querySelectorAll('div')].filter(isMark)).toHaveLength(0);
});
