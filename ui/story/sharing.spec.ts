import type { Page } from '@playwright/test';
import { expect, test, type Reader } from './reader';

test.describe.configure({ mode: 'serial' });

const officeOf = (role: string) => (person: { roles: { id: string }[] }) => person.roles[0]?.id === role;
const scan = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`a scan of ${name}`) });
const agency = '棠阴市中级人民法院';

let caseAddress = '';
let code = '';

/** One of the people of a role, counted from nought. */
async function become(reader: Reader, role: string, which: number): Promise<{ name: { zh: string }; number: string }> {
  const person = (await reader.people()).filter(officeOf(role))[which];
  await reader.become(({ person: id }) => id === person?.person);
  return person ?? { name: { zh: '' }, number: '' };
}

/** The record number of a patient whose admission record the demonstration has archived. */
async function recordNumber(page: Page): Promise<{ id: string; number: string }> {
  const cases = (await (await page.request.get('/api/sharing/cases')).json()) as { items: { kind: string; patient: string }[] };
  const id = cases.items.find(({ kind }) => kind === 'court')?.patient ?? '';
  const patient = (await (await page.request.get(`/api/patients/${id}`)).json()) as { recordNumber: string };
  return { id, number: patient.recordNumber };
}

async function actFor(page: Page, purpose: string): Promise<void> {
  const origin = new URL(page.url()).origin;
  expect((await page.request.post('/api/session/purpose', { data: { purpose }, headers: { origin } })).ok()).toBe(true);
}

test('a court is received with all its papers, and checked by two', async ({ reader, page }) => {
  await become(reader, 'records-clerk', 0);
  await page.goto('/sharing');
  await page.getByRole('button', { name: '换用“司法”' }).click();
  await expect(page.getByRole('table', { name: '申请' })).toBeVisible();
  await reader.look('sharing-desk');
  const { number } = await recordNumber(page);

  await page.getByRole('button', { name: '受理申请' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '患者' }).fill(number);
  await dialog.getByRole('button', { name: /查\s?找|定\s?位/ }).click();
  await dialog.getByRole('combobox', { name: '申请人种类' }).click();
  await page.getByTitle('人民法院', { exact: true }).click();
  await dialog.getByRole('textbox', { name: '机构名称' }).fill(agency);
  await dialog.getByRole('textbox', { name: '依据或理由' }).fill('民事诉讼法第七十条');
  for (const name of ['赵法官', '钱书记员']) {
    await dialog.getByRole('combobox', { name: '到场人姓名' }).fill(name);
    await page.keyboard.press('Enter');
  }
  for (const paper of await dialog.locator('[role=group] input[type=file]').all()) await paper.setInputFiles(scan('paper.pdf'));
  await expect(dialog.getByText('选择扫描件')).toHaveCount(0);
  await reader.look('sharing-receive');
  await dialog.getByRole('button', { name: /受\s?理/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(agency);
  caseAddress = new URL(page.url()).pathname;

  await page.getByRole('button', { name: '我已核验' }).click();
  await page.getByRole('button', { name: /确\s?定/ }).click();
  await expect(page.getByText('您已核验过一次，须由另一名人员再次核验。')).toBeVisible();
  await reader.look('sharing-not-me');

  await become(reader, 'records-clerk', 1);
  await actFor(page, 'legal');
  await page.goto(caseAddress);
  await page.getByRole('button', { name: '我已核验' }).click();
  await page.getByRole('button', { name: /确\s?定/ }).click();
  await expect(page.getByRole('button', { name: '确定范围' })).toBeVisible();
});

test('its scope is fixed, the law is looked at item by item, and the head approves', async ({ reader, page }) => {
  const assistant = (await reader.people()).filter(officeOf('records-clerk'))[2];
  await become(reader, 'records-clerk', 1);
  await actFor(page, 'legal');
  await page.goto(caseAddress);
  await page.getByRole('button', { name: '确定范围' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '文书种类' }).fill('入院记录');
  await page.getByTitle('入院记录', { exact: true }).click();
  await dialog.getByText('确定范围与协助人').click();
  await dialog.getByRole('radio', { name: /可复制带走/ }).check();
  await dialog.getByRole('combobox', { name: '协助人' }).fill(assistant?.number ?? '');
  await page.getByTitle(new RegExp(assistant?.number ?? '-')).click();
  await reader.look('sharing-scope');
  await dialog.getByRole('button', { name: /确\s?定/ }).click();
  await expect(page.getByText('您的岗位不办理这一步。')).toBeVisible();

  await become(reader, 'medical-affairs', 0);
  await actFor(page, 'legal');
  await page.goto(caseAddress);
  await page.getByRole('button', { name: '逐项审核' }).click();
  const review = page.getByRole('dialog');
  await review.getByRole('combobox', { name: /如何处理/ }).last().click();
  await page.getByTitle('遮盖', { exact: true }).click();
  await review.getByRole('combobox', { name: '依据' }).click();
  await page.locator('.ant-select-item-option:visible').first().click();
  await review.getByRole('textbox', { name: '理由' }).fill('与本案争议无关');
  await reader.look('sharing-masking');
  await review.getByRole('button', { name: '确定审核' }).click();
  await expect(page.getByText('额外提供 0 项，遮盖 1 项')).toBeVisible();

  await become(reader, 'president', 0);
  await actFor(page, 'management');
  await page.goto(caseAddress);
  await reader.look('sharing-approve');
  await page.getByRole('button', { name: /批\s?准/, exact: true }).first().click();
  await page.getByRole('button', { name: /确\s?定/ }).click();
  await expect(page.getByText(/只由指定的协助人/)).toBeVisible();
});

test('the assistant hands over a stamped copy, and anybody can verify it', async ({ reader, page }) => {
  await become(reader, 'records-clerk', 2);
  await actFor(page, 'legal');
  await page.goto(caseAddress);
  await page.getByRole('button', { name: '出示或交付' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox').first().check();
  await dialog.locator('input[type=file]').setInputFiles(scan('receipt.pdf'));
  await expect(dialog.getByText('选择扫描件')).toHaveCount(0);
  await reader.look('sharing-hand-over');
  await dialog.getByRole('button', { name: '出示或交付' }).click();
  const printed = page.getByRole('dialog');
  await expect(printed.getByText('校验码', { exact: true })).toBeVisible();
  code = /[A-Z0-9]{4}(-[A-Z0-9]{4}){3}-[A-Z0-9]{2}/.exec((await printed.textContent()) ?? '')?.[0] ?? '';
  expect(code).not.toBe('');
  await reader.look('sharing-copy');
  await printed.getByRole('button', { name: /关\s?闭/ }).last().click();
  await page.getByRole('button', { name: '登记去向' }).click();
  await page.getByRole('radio', { name: '依法留卷' }).check();
  await page.getByRole('dialog').getByRole('button', { name: '登记去向' }).click();
  await expect(page.getByText('依法留卷').first()).toBeVisible();
  await reader.look('sharing-handed-over');

  await page.context().clearCookies();
  await page.goto(`/verify/${code}`);
  await expect(page.getByRole('heading', { name: /^真实/ })).toBeVisible();
  await reader.look('sharing-verify');
  await page.getByRole('textbox', { name: '校验码' }).fill('HHFG-W2MN-QPFE-XPAN-G8');
  await page.getByRole('button', { name: /核\s?对/ }).click();
  await expect(page.getByRole('heading', { name: '不是本院出具' })).toBeVisible();
});

test('a patient agrees and takes it back', async ({ reader, page }) => {
  await become(reader, 'records-clerk', 0);
  await actFor(page, 'legal');
  const { id } = await recordNumber(page);
  await actFor(page, 'patient-request');
  await page.goto(`/patients/${id}?tab=consents`);
  await expect(page.getByText(/没有登记过同意/)).toBeVisible();
  await page.getByRole('button', { name: '登记同意' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '同意书' }).click();
  await page.getByTitle(/教学和科研的知情同意书/).click();
  await dialog.getByRole('textbox', { name: '姓名' }).fill('李四');
  await dialog.getByRole('textbox', { name: '证件号码' }).fill('33020119600302001X');
  await dialog.locator('input[type=file]').setInputFiles(scan('consent.pdf'));
  await expect(dialog.getByText('选择扫描件')).toHaveCount(0);
  await reader.look('consent-give');
  await dialog.getByRole('button', { name: '登记同意' }).click();
  await expect(page.getByRole('table', { name: '同意与不同意' }).getByText('有效')).toBeVisible();
  await reader.look('consent-given');

  await page.getByRole('button', { name: /撤\s?回/ }).click();
  await expect(page.getByText(/撤回立即生效/)).toBeVisible();
  await reader.look('consent-withdraw');
  await page.getByRole('button', { name: '现在撤回' }).click();
  await expect(page.getByText('已撤回')).toBeVisible();
  await page.getByRole('link', { name: /查\s?看/ }).click();
  await expect(page.getByRole('article')).toBeVisible();
  await reader.look('consent-sheet');
});

test('the forms and the exemptions can be seen', async ({ reader, page }) => {
  await become(reader, 'medical-affairs', 0);
  await actFor(page, 'management');
  await page.goto('/consents');
  await expect(page.getByRole('table', { name: '法定豁免' })).toBeVisible();
  await reader.look('consent-forms');
});

test.describe('in English', () => {
  test.use({ language: 'en' });

  test('the desks say the same', async ({ reader, page }) => {
    await become(reader, 'medical-affairs', 0);
    await actFor(page, 'management');
    for (const [path, heading] of [['sharing?which=all', 'Outside access'], [caseAddress.slice(1), agency], ['consents', 'Consents and notices']] as const) {
      await page.goto(`/${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      await reader.look(`sharing-${path.split(/[?/]/)[0]}-${path.length}`);
    }
    await page.goto(`/verify/${code}`);
    await expect(page.getByRole('heading', { name: /^Genuine/ })).toBeVisible();
    await reader.look('sharing-verify');
  });

  test('a phone is wide enough', async ({ reader, page }) => {
    await become(reader, 'records-clerk', 0);
    await page.setViewportSize({ width: 360, height: 740 });
    await actFor(page, 'legal');
    for (const path of ['/sharing', caseAddress]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
      await reader.look(`sharing-phone${path.length}`);
    }
  });
});
