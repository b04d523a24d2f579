import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const origin = process.env.MEDWARD_URL ?? '';

interface DemoPerson {
  person: string;
  roles: { id: string }[];
}

/** What the page is answered at an address, as JSON. */
async function asked<Answer>(page: Page, address: string): Promise<Answer> {
  return (await page.evaluate(async (at) => (await (await fetch(at)).json()) as unknown, address)) as Answer;
}

/** Becomes one of the people of the demonstration who holds a role, from the page itself. */
async function become(page: Page, role: string): Promise<void> {
  const { items } = await asked<{ items: DemoPerson[] }>(page, '/api/session/demo-people');
  const found = items.find(({ roles }) => roles.some(({ id }) => id === role));
  const status = await page.evaluate(async (person) => {
    const answer = await fetch('/api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ person }) });
    return answer.status;
  }, found?.person);
  expect(status).toBeLessThan(300);
}

/** The security administrator says at which address browsers find this house: passkeys are of it. */
async function nameTheOrigin(page: Page): Promise<void> {
  await become(page, 'security-administrator');
  const held = await asked<{ version: number; rules: { factor: object } }>(page, '/api/identity/rules');
  const body = JSON.stringify({ base: held.version, rules: { ...held.rules, factor: { ...held.rules.factor, origin } } });
  const status = await page.evaluate(async (changed) => {
    const put = await fetch('/api/identity/rules', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: changed });
    await fetch('/api/session', { method: 'DELETE' });
    return put.status;
  }, body);
  expect(status).toBe(200);
}

/** A token in software that the browser takes for real, and whose holder says yes by finger. */
async function plugIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

async function speaks(page: Page, language: 'zh' | 'en'): Promise<void> {
  const shown = await page.evaluate(() => document.documentElement.lang);
  if (!shown.startsWith(language)) await page.getByRole('button', { name: language === 'en' ? 'English' : '中文' }).click();
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('somebody enrols a passkey, signs out, and signs in with it', async ({ page }, info) => {
  await page.goto('/');
  await nameTheOrigin(page);
  await plugIn(page);
  await become(page, 'attending');
  await page.goto('/me/security');
  await page.getByRole('button', { name: '登记通行密钥' }).click();
  await page.locator('#passkey-label').fill('病区电脑');
  await page.getByRole('button', { name: '创建通行密钥' }).click();
  await expect(page.getByRole('dialog', { name: '备用码' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('病区电脑')).toBeVisible();
  await page.screenshot({ path: info.outputPath('security-zh.png') });
  const before = await asked<{ person: string }>(page, '/api/session');

  await page.evaluate(async () => {
    await fetch('/api/session', { method: 'DELETE' });
  });
  for (const language of ['en', 'zh'] as const) {
    await page.goto('/');
    await speaks(page, language);
    await expect(page.getByRole('button', { name: language === 'en' ? 'Sign in with a passkey' : '使用通行密钥登录' })).toBeVisible();
    await accessible(page);
    await page.screenshot({ path: info.outputPath(`sign-in-${language}.png`) });
  }
  await page.getByRole('button', { name: '使用通行密钥登录' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  const who = await asked<object>(page, '/api/session');
  expect(who).toMatchObject({ person: before.person, means: 'passkey', strong: true });
});

test('a screen is locked, unlocked by its person with a passkey, or left to somebody else', async ({ page }, info) => {
  await page.goto('/');
  await nameTheOrigin(page);
  await plugIn(page);
  await become(page, 'head-nurse');
  await page.goto('/me/security');
  await page.getByRole('button', { name: '登记通行密钥' }).click();
  await page.getByRole('button', { name: '创建通行密钥' }).click();
  await expect(page.getByRole('dialog', { name: '备用码' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '锁屏' }).click();
  await expect(page.getByRole('heading', { name: '屏幕已锁定' })).toBeVisible();
  await accessible(page);
  await page.screenshot({ path: info.outputPath('locked-zh.png') });
  expect(await page.evaluate(async () => (await fetch('/api/departments')).status)).toBe(401);
  await page.getByRole('button', { name: '使用通行密钥登录' }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();

  await page.goto('/me/security');
  await page.getByRole('button', { name: '锁屏' }).click();
  await page.getByRole('button', { name: '换人登录' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
});

test('a directory that does not answer is set only on the security administrator’s word, and is offered', async ({ page }, info) => {
  await page.goto('/');
  await become(page, 'security-administrator');
  await page.goto('/accounts/ways');
  await page.getByRole('button', { name: '添加登录方式' }).click();
  const dialog = page.getByRole('dialog', { name: '登录方式' });
  await dialog.getByLabel('中文名称').fill('医院目录');
  await dialog.getByLabel('地址', { exact: true }).fill('ldaps://directory.example');
  await dialog.getByLabel('查询账号').fill('cn=search,dc=example');
  await dialog.getByLabel('查询范围').fill('dc=example');
  await dialog.getByLabel('过滤式').fill('(uid={name})');
  await dialog.getByLabel('与工号一致的属性').fill('employeeNumber');
  await page.screenshot({ path: info.outputPath('way-zh.png') });
  await dialog.getByRole('button', { name: '保存' }).click();
  const anyway = dialog.getByRole('checkbox', { name: '仍然保存' });
  await expect(anyway).toBeVisible();
  await page.screenshot({ path: info.outputPath('way-unanswered-zh.png') });
  await anyway.check();
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('ldaps://directory.example')).toBeVisible();
  await accessible(page);
  await page.screenshot({ path: info.outputPath('ways-zh.png') });
  const offered = await asked<{ items: unknown[] }>(page, '/api/session/ways');
  expect(offered.items).toContainEqual(expect.objectContaining({ kind: 'directory', name: expect.objectContaining({ zh: '医院目录' }) }));
});
