import { expect, test } from './reader';

test.describe.configure({ mode: 'serial' });

const cardiology = (role: string) => (person: { roles: { id: string }[]; department: { zh: string } }) => person.roles[0]?.id === role && person.department.zh === '心内科';
const words = '请核对出院带药与医嘱是否一致。';

test('a chief asks a department for help', async ({ reader, page }) => {
  await reader.become(cardiology('chief'));
  await page.goto('/duties');
  await page.getByRole('button', { name: '发起任务' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: /种类/ }).click();
  await page.getByTitle('岗位协助').click();
  await dialog.getByRole('combobox', { name: /科室/ }).fill('药学部');
  await page.getByTitle('药学部').click();
  await dialog.getByRole('textbox', { name: /要办的事/ }).fill(words);
  await reader.look('duty-ask');
  await dialog.getByRole('button', { name: /发\s?起/ }).click();
  await expect(page.getByText('已发起，对方会在待办里看到')).toBeVisible();
  await page.getByRole('link', { name: '我发起' }).click();
  await expect(page.getByRole('region', { name: '任务' }).getByRole('link').first()).toContainText('岗位协助');
});

test('a pharmacist sees it at the bell, takes it and finishes it', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'pharmacist');
  await page.getByRole('link', { name: /项待办/ }).click();
  await page.getByRole('region', { name: '任务' }).getByRole('link', { name: /岗位协助/ }).last().click();
  const detail = page.getByRole('article', { name: '任务详情' });
  await expect(detail).toContainText(words);
  await reader.look('duty-detail');
  await detail.getByRole('button', { name: /认\s?领/ }).click();
  await detail.getByRole('button', { name: /办\s?结/ }).click();
  await detail.getByLabel('办理结果（可不填）').fill('已核对，一致。');
  await detail.getByRole('button', { name: '确认办结' }).click();
  await expect(page.getByText('已办结').first()).toBeVisible();
  await page.getByRole('link', { name: '已办' }).click();
  await page.getByRole('region', { name: '任务' }).getByRole('link').first().click();
  await expect(detail).toContainText('已核对，一致。');
  await reader.look('duty-done');
});

test('the orders of duties and one’s own sign-in can be seen', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'medical-affairs');
  for (const path of ['roster', 'roster/periods', 'roster/calendar', 'me/security']) {
    await page.goto(`/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await reader.look(path.replace('/', '-'));
  }
});

test('a phone is wide enough for the inbox', async ({ reader, page }) => {
  await reader.become(cardiology('attending'));
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/duties');
  await expect(page.getByRole('heading', { name: '待办' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
