import { expect, test } from './reader';

/** Whether a person waits is measured here and judged by people: machines differ too much for a limit. */
test('how soon the first page is painted', async ({ reader, page, browser, baseURL }) => {
  const said = [`sign-in, first visit ${await paintedAfter(page)}`];
  await reader.become(({ roles }) => roles[0]?.id === 'resident');
  const { cookies, origins } = await page.context().storageState();
  const fresh = await browser.newPage({ baseURL, ignoreHTTPSErrors: true, storageState: { cookies, origins } });
  said.push(`workbench, nothing cached ${await paintedAfter(fresh)}`, `workbench, again ${await paintedAfter(fresh)}`);
  process.stdout.write(`first contentful paint: ${said.join('; ')}\n`);

  async function paintedAfter(window: typeof page): Promise<string> {
    await window.goto('/');
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    const { painted, headed } = await window.evaluate(() => ({
      painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      headed: performance.now(),
    }));
    expect(painted).not.toBeNaN();
    return `${Math.round(painted)} ms (its heading ${Math.round(headed)} ms)`;
  }
});
