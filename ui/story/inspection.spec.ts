import { expect, test } from './reader';

const anybody = (role: string) => (person: { roles: { id: string }[] }) => person.roles[0]?.id === role;

test.describe.configure({ mode: 'serial' });

test('a patient is drawn by the number that the inspector says, and answered with proofs', async ({ reader, page }) => {
  await reader.become(anybody('auditor'));
  await page.goto('/inspection');
  await expect(page.getByRole('heading', { name: '现场抽查' })).toBeVisible();
  await reader.look('inspection');
  await page.getByRole('button', { name: '定下名单' }).click();

  await expect(page.getByRole('region', { name: '定下名单' })).toBeVisible();
  await reader.look('inspection-frame');
  await page.getByRole('spinbutton', { name: '号码' }).fill('4711');
  await page.keyboard.press('Enter');

  await expect(page.getByText('已在本浏览器重新计算，结果一致。')).toBeVisible();
  const dossier = page.getByRole('article', { name: '抽查档案' });
  await expect(dossier.getByRole('heading', { name: /谁能打开/ })).toBeVisible({ timeout: 60_000 });
  await dossier.getByRole('button', { name: /核验/ }).click();
  await expect(dossier.getByText(/项存证中 \d+ 项核验通过/)).toBeVisible();
  const said = (await dossier.getByText(/项存证中 \d+ 项核验通过/).textContent()) ?? '';
  const [all, sound] = said.match(/\d+/g) ?? [];
  expect(sound).toBe(all);
  await reader.look('inspection-dossier');
});

for (const [kind, heading] of [
  ['离职人员', /离职时刻之后/],
  ['封存案例', /封存令/],
  ['人员', /不相容岗位/],
] as const) {
  test(`one of ${kind} is drawn and answered`, async ({ reader, page }) => {
    await reader.become(anybody('auditor'));
    await page.goto('/inspection');
    await page.getByRole('radio', { name: new RegExp(`^${kind}`) }).check();
    await page.getByRole('button', { name: '定下名单' }).click();
    await page.getByRole('spinbutton', { name: '号码' }).fill('7');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: '抽查档案' }).getByRole('heading', { name: heading })).toBeVisible({ timeout: 60_000 });
    await reader.look(`inspection-${kind}`);
  });
}

test('the leadership is shown figures and told who may see names', async ({ reader, page }) => {
  await reader.become(anybody('president'));
  await page.goto('/inspection');
  await page.getByRole('table').getByRole('link', { name: '患者' }).first().click();
  await expect(page.getByText(/逐条明细不在您的权限内/).first()).toBeVisible({ timeout: 60_000 });
  await reader.look('inspection-leadership');
});
