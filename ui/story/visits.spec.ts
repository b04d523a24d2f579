import type { Page } from '@playwright/test';
import { expect, test, type Reader } from './reader';

/**
 * Every page that the menu, or a link on a page of the menu, leads somebody to: opened
 * by the first of the demo people whose menu has it. What a page needs is for its own
 * story to tell; here each stands still, says a heading, and has no barriers.
 */
for (const [language, scheme] of [['zh', 'light'], ['en', 'dark']] as const) {
  test.describe(`every page in ${language}, ${scheme}`, () => {
    test.use({ language });

    test('opens for whoever has it in the menu', async ({ reader, page }) => {
      test.setTimeout(1_800_000);
      const seen = new Set<string>();
      for (const role of await rolesOf(reader)) {
        await reader.become((person) => person.roles[0]?.id === role);
        const places = await linksIn(page, 'nav');
        for (let place = places.shift(); place !== undefined; place = places.shift()) {
          const kind = kindOf(place);
          if (seen.has(kind)) continue;
          seen.add(kind);
          await page.goto(place);
          await expect(page.getByRole('heading', { level: 1 }), place).toBeVisible();
          await reader.look(`visit${kind.replaceAll(/[/:]+/g, '-')}`, [scheme]);
          places.push(...(await linksIn(page, 'main')));
        }
      }
      expect(seen.size).toBeGreaterThan(50);
    });
  });
}

async function rolesOf(reader: Reader): Promise<string[]> {
  return [...new Set((await reader.people()).flatMap(({ roles }) => roles.slice(0, 1).map(({ id }) => id)))];
}

async function linksIn(page: Page, part: 'nav' | 'main'): Promise<string[]> {
  const found = await page.locator(`${part} a[href^="/"]`).evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  return [...new Set(found)].filter((path) => !path.startsWith('/api/'));
}

/** A page with what it is about taken away, so that one patient's page stands for all. */
function kindOf(path: string): string {
  return path.replaceAll(/\/[0-9A-Z]{26}(?=\/|$)/g, '/:id');
}
