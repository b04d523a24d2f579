import { expect, test } from './reader';

const anybody = (role: string) => (person: { roles: { id: string }[] }) => person.roles[0]?.id === role;
const of = (role: string, department: string) => (person: { roles: { id: string }[]; department: { zh: string } }) => person.roles[0]?.id === role && person.department.zh === department;

test.describe.configure({ mode: 'serial' });

test('a refused resident asks from where he was refused, with three clicks', async ({ reader, page }) => {
  await reader.become(of('head-nurse', '呼吸内科'));
  const answer = await page.request.get('/api/patients?scope=department&limit=1');
  const [first] = ((await answer.json()) as { items: { id: string }[] }).items;

  await reader.become(of('resident', '心内科'));
  await page.goto(`/patients/${first?.id ?? ''}`);
  await page.getByRole('button', { name: '申请授权' }).click();
  await page.getByRole('button', { name: '受邀会诊，需了解病情' }).click();
  await reader.look('ask');
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByText('申请已送审批人')).toBeVisible();
  await page.goto('/grants?tab=requests');
  await expect(page.getByRole('table').getByText('待审批')).toBeVisible();
  await reader.look('grant-requests');
});

test('medical affairs has its approvals and its seals', async ({ reader, page }) => {
  await reader.become(anybody('medical-affairs'));
  await page.goto('/approvals');
  await expect(page.getByRole('heading', { name: '审批' })).toBeVisible();
  await reader.look('approvals');
  await page.goto('/seals');
  await expect(page.getByText('没有封存。')).toBeVisible();
  await page.getByRole('button', { name: /封存$/ }).click();
  await reader.look('seal-place');
});

test('the security administrator sees everything about a person', async ({ reader, page }) => {
  const resident = (await reader.people()).find(of('resident', '心内科'));
  await reader.become(anybody('security-administrator'));
  await page.goto(`/staff/${resident?.person ?? ''}`);
  await expect(page.getByRole('region', { name: '资质' })).toBeVisible();
  await reader.look('person');
  await page.getByRole('button', { name: '办理变动' }).click();
  await expect(page.getByRole('dialog')).toContainText('没有截止日期的阶段无法办理');
  await reader.look('stay-begin');
});
