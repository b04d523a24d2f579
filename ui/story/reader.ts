import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

export type Language = 'zh' | 'en';
export type Scheme = 'light' | 'dark';

interface DemoPerson {
  person: string;
  number: string;
  name: { zh: string; en: string };
  department: { zh: string; en: string };
  roles: { id: string }[];
}

/** What may differ between two colour schemes of one page. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** A browser in front of the house, in one language. */
export class Reader {
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    page.on('console', (message) => {
      // The browser reports refused requests as errors too; those are part of the story.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  async people(): Promise<DemoPerson[]> {
    const answer = await this.page.request.get('/api/session/demo-people');
    return ((await answer.json()) as { items: DemoPerson[] }).items;
  }

  /** Chooses somebody at the sign-in page, as a visitor does. */
  async become(who: (person: DemoPerson) => boolean): Promise<DemoPerson> {
    const person = (await this.people()).find(who);
    if (!person) throw new Error('nobody in the demonstration is like that');
    await this.page.context().clearCookies();
    await this.page.goto('/');
    await this.page.getByRole('button', { name: /显示全部|Show all/ }).click();
    const card = this.page.getByRole('button', { name: new RegExp(`${person.name[this.language]}.*${person.department[this.language]}`) });
    await card.first().click();
    await expect(this.page.getByRole('heading', { level: 1 })).toContainText(person.name[this.language]);
    return person;
  }

  /** Waits until nothing is on its way, looks for barriers in each colour, and keeps a picture. */
  async look(name: string, schemes: readonly Scheme[] = ['light', 'dark']): Promise<void> {
    for (const [nth, scheme] of schemes.entries()) {
      await this.dress(scheme);
      await this.page.screenshot({ path: `${test.info().project.outputDir}/looks/${name}-${this.language}-${scheme}.png` });
      const { violations } = await this.barriers(nth === 0 ? undefined : rulesOfColour).analyze();
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect.soft(await this.unnamedInTheirLanguage(), `${name} ${scheme}`).toEqual([]);
      expect.soft(grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`)), `${name} ${scheme}`).toEqual([]);
    }
    await this.dress('light');
  }

  /** All rules, or those given. No page has frames of other origins, which alone would need a second page to look into. */
  private barriers(rules?: string[]): AxeBuilder {
    const axe = new AxeBuilder({ page: this.page }).setLegacyMode(true);
    return rules ? axe.withRules(rules) : axe.options({ resultTypes: ['violations'] });
  }

  /** Pictures that a reader aloud would call by the English name of their file. */
  private unnamedInTheirLanguage(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('.anticon[aria-label]')]
        .filter((icon) => icon.closest('[aria-hidden="true"]') === null)
        .map((icon) => icon.getAttribute('aria-label') ?? '')
        .filter((name) => document.querySelector(`.anticon-${CSS.escape(name)}`) !== null),
    );
  }

  /** Waits until the fonts are here, and for a while nothing was on its way from the server and nothing moved. */
  private async settled(): Promise<void> {
    await this.page.waitForFunction(async () => {
      await document.fonts.ready;
      const page = document.documentElement;
      const moving = document.getAnimations().some(({ playState }) => playState === 'running');
      const busy = moving || document.querySelector('.starting, [data-waiting]') !== null;
      if (busy || !page.dataset.still) page.dataset.still = String(performance.now());
      return performance.now() - Number(page.dataset.still) > 200;
    });
  }

  /** The colours of the page; a dialog stays open meanwhile. */
  private async dress(scheme: Scheme): Promise<void> {
    const worn = await this.page.evaluate(() => document.documentElement.dataset.theme);
    if (worn !== scheme) {
      await this.page.evaluate((next) => {
        localStorage.setItem('medward.scheme', next);
        window.dispatchEvent(new StorageEvent('storage', { key: 'medward.scheme', newValue: next }));
      }, scheme);
      await expect(this.page.locator('html')).toHaveAttribute('data-theme', scheme);
    }
    await this.settled();
  }
}

export const test = base.extend<{ language: Language; reader: Reader }>({
  language: ['zh', { option: true }],
  reader: async ({ page, language }, give) => {
    await page.addInitScript((spoken) => localStorage.setItem('medward.language', spoken), language);
    const reader = new Reader(page, language);
    await give(reader);
    expect(reader.complaints).toEqual([]);
  },
});

export { expect };
