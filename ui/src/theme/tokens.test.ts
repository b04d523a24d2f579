import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dark, font, light, monospace, type Palette } from './tokens';

const css = readFileSync('src/theme/tokens.css', 'utf8');

function declared(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/--mw-([\w-]+): (.+?);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

it.each([
  [':root', light],
  [":root[data-theme='dark']", dark],
])('%s in the stylesheet holds the same colours as the component theme', (selector, palette: Palette) => {
  const found = declared(selector);
  for (const [name, colour] of Object.entries(palette)) {
    expect(found[kebab(name)], name).toBe((colour as string).toLowerCase());
  }
});

it('uses one type family and one monospaced family', () => {
  expect(declared(':root').font).toBe(font);
  expect(declared(':root').mono).toBe(monospace);
});

function luminance(hex: string): number {
  const channel = (at: number) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

it.each([
  ['light', light],
  ['dark', dark],
])('every text colour of the %s theme is readable on every ground it is set on', (_, p) => {
  const pairs: [string, string][] = [p.text, p.textSecondary, p.textTertiary].flatMap((ink) =>
    [p.layout, p.surface, p.raised, p.head, p.hover].map((ground): [string, string] => [ink, ground]),
  );
  pairs.push(
    [p.primaryDeep, p.primarySoft],
    [p.primary, p.surface],
    [p.success, p.successSoft],
    [p.warning, p.warningSoft],
    [p.error, p.errorSoft],
    ['#FFFFFF', p.primarySolid],
    ['#FFFFFF', p.errorSolid],
    [p.paperText, p.paper],
  );
  for (const [ink, ground] of pairs) {
    expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});
