import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const shots = process.env.SHOTS;
const only = process.env.ONLY?.split(',');

interface Look {
  language: 'zh' | 'en';
  scheme: 'light' | 'dark';
}

const looks: Look[] = [
  { language: 'zh', scheme: 'light' },
  { language: 'zh', scheme: 'dark' },
  { language: 'en', scheme: 'light' },
  { language: 'en', scheme: 'dark' },
];

async function dress(page: Page, { language, scheme }: Look): Promise<void> {
  await page.addInitScript(
    ([spoken, colours]) => {
      localStorage.setItem('medward.language', spoken);
      localStorage.setItem('medward.scheme', colours);
    },
    [language, scheme] as const,
  );
}

async function exhibits(page: Page): Promise<string[]> {
  await page.goto('/gallery');
  await page.locator('main a, ul a').first().waitFor();
  const paths = await page.locator('a[href^="/gallery/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  return paths.filter((path) => !only || only.includes(path.replace('/gallery/', '')));
}

for (const look of looks) {
  test(`every page and part is accessible and within the policy: ${look.language} ${look.scheme}`, async ({ page }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
    await dress(page, look);

    for (const path of await exhibits(page)) {
      await test.step(path, async () => {
        await page.goto(path);
        await page.locator('#root > :not(.starting)').first().waitFor();
        await page.waitForFunction(async () => {
          await document.fonts.ready;
          return !document.getAnimations().some(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().iterations !== Infinity);
        });
        if (shots) await page.screenshot({ path: `${shots}/${path.replace('/gallery/', '')}-${look.language}-${look.scheme}.png` });
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze();
        const found = violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
        expect.soft(found, path).toEqual([]);
      });
    }
    expect(complaints).toEqual([]);
  });
}
