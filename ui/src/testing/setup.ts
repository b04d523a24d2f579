import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { speak } from '@/language/language';

// What is hidden from everybody is not looked for here; the browser run checks the accessibility tree.
configure({ defaultHidden: true });

beforeEach(() => speak('zh'));
afterEach(cleanup);

window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }) as unknown as MediaQueryList;

globalThis.ResizeObserver = class {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
};

Element.prototype.scrollIntoView = () => undefined;
const withPseudo = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => withPseudo(element);
