import { expect, test, type Reader } from './reader';

test.describe.configure({ mode: 'serial' });

interface Corrections {
  items: { id: string; state: string; openedBy: string; document: string; patient: string }[];
}

/** One of the people of a role. */
async function become(reader: Reader, role: string): Promise<void> {
  const person = (await reader.people()).find(({ roles }) => roles[0]?.id === role);
  await reader.become(({ person: id }) => id === person?.person);
}

async function corrections(reader: Reader): Promise<Corrections['items']> {
  await become(reader, 'auditor');
  const origin = new URL(reader.page.url()).origin;
  await reader.page.request.post('/api/session/purpose', { data: { purpose: 'supervision' }, headers: { origin } });
  return ((await (await reader.page.request.get('/api/amendments')).json()) as Corrections).items;
}

test('a correction after archiving shows what changed, and who was told', async ({ reader, page }) => {
  const done = (await corrections(reader)).find(({ state }) => state === 'completed');
  await page.goto('/amendments');
  await expect(page.getByRole('table', { name: '更正' })).toBeVisible();
  await reader.look('amendments');
  await page.goto(`/amendments/${done?.id ?? ''}`);
  await expect(page.getByText('与原始记录核对属实')).toBeVisible();
  await expect(page.getByText('共 2，已确认 1，待告知 1，无法联系 0')).toBeVisible();
  await reader.look('amendment-completed');
});

test('its author goes on step by step with one that is under way, and withdraws it', async ({ reader, page }) => {
  const mine = (await corrections(reader)).find(({ state }) => state === 'writing');
  await reader.become(({ person }) => person === mine?.openedBy);
  await page.goto(`/amendments/${mine?.id ?? ''}`);
  const text = page.getByRole('textbox', { name: '主诉' });
  await text.fill('');
  await text.pressSequentially('胸闷一日');
  await reader.look('amendment-value');
  await page.getByRole('button', { name: '保存并继续' }).click();
  await expect(page.getByText('没有其他人得到过该文书。')).toBeVisible();
  await page.getByRole('button', { name: '保存并继续' }).click();
  await expect(page.getByText('胸闷一日')).toBeVisible();
  await reader.look('amendment-confirm');
  await page.getByRole('button', { name: '撤回更正' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '更正原因' }).fill('核对后无误');
  await dialog.getByRole('button', { name: '撤回更正' }).click();
  await expect(page.getByText('已撤回').first()).toBeVisible();
});

test('what is in quarantine is seen by who decides, with what was said', async ({ reader, page }) => {
  await become(reader, 'medical-affairs');
  await page.goto('/amendments/complaints');
  const purpose = page.getByRole('button', { name: /换用“.*管理.*”/ });
  await expect(purpose.or(page.getByRole('table', { name: '非法采集投诉' }))).toBeVisible();
  if (await purpose.isVisible()) await purpose.click();
  await page.getByRole('row', { name: /已隔离/ }).click();
  await expect(page.getByText('患者家属来电')).toBeVisible();
  await reader.look('complaint');
  await page.goto('/amendments/rules');
  await expect(page.getByText('现行更正规则')).toBeVisible();
  await reader.look('amendment-rules');
});
