import { expect, test, type Page } from '@playwright/test';

test.use({ locale: 'zh-CN' });

const markCount = (page: Page) =>
  page.evaluate(() => [...document.documentElement.children].filter((one) => one instanceof HTMLElement && one.style.zIndex === '2147483647').length);

/** The same page with a mark that draws nothing, to compare with. */
async function withoutInk(page: Page): Promise<void> {
  await page.addInitScript(() => {
    CanvasRenderingContext2D.prototype.fillText = () => undefined;
  });
}

async function picture(page: Page, path: string, inPrint: boolean): Promise<Buffer> {
  await page.clock.setFixedTime('2026-03-02T08:05:00+08:00');
  await page.goto(path);
  await page.locator('#main').waitFor();
  if (inPrint) await page.emulateMedia({ media: 'print' });
  return page.screenshot({ animations: 'disabled', clip: { x: 420, y: 200, width: 500, height: 400 } });
}

for (const [where, path, inPrint] of [
  ['over a dialog', '/gallery/break-glass', false],
  ['over a document', '/gallery/patient', false],
  ['in print', '/gallery/patient', true],
] as const) {
  test(`the mark is seen ${where}`, async ({ page, context }) => {
    const marked = await picture(page, path, inPrint);
    const bare = await context.newPage();
    await withoutInk(bare);
    expect(marked.equals(await picture(bare, path, inPrint))).toBe(false);
  });
}

test('the mark comes back when it is removed or hidden, and lets clicks through', async ({ page }) => {
  await page.goto('/gallery/patient');
  await page.locator('#main').waitFor();
  expect(await markCount(page)).toBe(1);

  await page.evaluate(() => document.documentElement.lastElementChild?.remove());
  await expect.poll(() => markCount(page)).toBe(1);

  await page.evaluate(() => document.querySelector<HTMLElement>('html > :last-child')?.style.setProperty('opacity', '0', 'important'));
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement.lastElementChild!).opacity)).toBe('1');

  await page.getByRole('tab', { name: '谁看过' }).click();
  await expect(page.getByText('您的这次查看也会记入')).toBeVisible();
});
