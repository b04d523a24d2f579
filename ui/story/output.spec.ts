import { expect, test } from './reader';

test.describe.configure({ mode: 'serial' });

const attending = (person: { roles: { id: string }[]; department: { zh: string } }) => person.roles[0]?.id === 'attending' && person.department.zh === '心内科';
const office = (role: string) => (person: { roles: { id: string }[] }) => person.roles[0]?.id === role;

/** The code of the print, which somebody outside holds afterwards. */
let code = '';
/** The link to a forwarded document. */
let link = '';

test('a doctor prints a document, and the copy bears a serial and a code', async ({ reader, page }) => {
  await reader.become(attending);
  await page.goto('/patients');
  await page.getByRole('row').filter({ hasText: '心内科' }).filter({ hasText: '住院' }).first().getByRole('link').click();
  await page.getByRole('navigation', { name: '诊疗时间线' }).getByRole('button', { name: /入院记录/ }).first().click();
  await page.getByRole('button', { name: '打印', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/不设定额/)).toBeVisible();
  await reader.look('output-print');
  await dialog.getByRole('button', { name: '打印', exact: true }).click();
  await expect(page.getByText('已生成')).toBeVisible();
  await reader.look('output-printed');
  code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}-[0-9A-Z]{2}/.exec(await dialog.innerText())?.[0] ?? '';
  expect(code).not.toBe('');
  const paper = page.frameLocator('iframe');
  await expect(paper.locator('footer')).toContainText(code);
  await expect(paper.locator('h1').first()).toHaveCSS('text-align', 'center');
});

test('he forwards it to a colleague, and copies a passage with the line that leads back', async ({ reader, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await reader.become(attending);
  await page.goto('/patients');
  await page.getByRole('row').filter({ hasText: '心内科' }).filter({ hasText: '住院' }).first().getByRole('link').click();
  await page.getByRole('navigation', { name: '诊疗时间线' }).getByRole('button', { name: /入院记录/ }).first().click();
  const passage = page.getByRole('article').getByRole('paragraph').filter({ hasText: /.{60}/ }).first();
  await passage.click({ clickCount: 3 });
  await page.keyboard.press('Control+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\[医守 \d{8}-\w+ [\w-]+\]$/);
  await page.getByRole('button', { name: '转给同事' }).click();
  await page.getByRole('dialog').getByRole('combobox').first().fill('护士');
  await page.getByRole('dialog').getByRole('combobox').first().fill('');
  await page.locator('.ant-select-item-option').first().click();
  await reader.look('output-forward');
  await page.getByRole('button', { name: '生成链接' }).click();
  await expect(page.getByText('链接已生成')).toBeVisible();
  link = /\/forwards\/\w+/.exec(await page.getByRole('dialog').innerText())?.[0] ?? '';
  await reader.look('output-forwarded');
});

test('the link opens for nobody but that colleague', async ({ reader, page }) => {
  await reader.become(office('auditor'));
  await page.goto(link);
  await expect(page.getByText(/转发的文书只能由指定的同事打开|现在不能查看/).first()).toBeVisible();
  await reader.look('output-forward-refused');
});

test('a print that waits comes out once its owner shows again who he is', async ({ reader, page }) => {
  await reader.become(attending);
  await page.goto('/patients');
  await page.getByRole('row').filter({ hasText: '心内科' }).filter({ hasText: '住院' }).first().getByRole('link').click();
  await page.getByRole('navigation', { name: '诊疗时间线' }).getByRole('button', { name: /入院记录/ }).first().click();
  await page.getByRole('button', { name: '打印', exact: true }).click();
  await page.getByRole('checkbox', { name: /稍后取件/ }).check();
  await page.getByRole('button', { name: '送入打印队列' }).click();
  await page.getByRole('link', { name: '去打印队列' }).click();
  await expect(page.getByRole('table', { name: '打印队列' }).getByText('待取')).toBeVisible();
  await reader.look('output-queue');
});

test('a list leaves only with a case number', async ({ reader, page }) => {
  await reader.become(attending);
  await page.goto('/duties');
  await page.getByRole('button', { name: '导出清单' }).click();
  await expect(page.getByRole('alert')).toContainText('教学');
  await reader.look('output-other-purpose');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /目的/ }).click();
  await page.getByRole('menuitem', { name: '教学' }).click();
  await expect(page.getByRole('button', { name: /目的：教学/ })).toBeVisible();
  await page.getByRole('button', { name: '导出清单' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '开始导出' }).click();
  await expect(dialog.getByText('必填')).toBeVisible();
  await reader.look('output-export-refused');
  await dialog.getByRole('textbox', { name: /案由编号/ }).fill('教学-2026-017');
  await dialog.getByRole('button', { name: '开始导出' }).click();
  await expect(dialog.getByText('可以下载')).toBeVisible();
  await reader.look('output-export-ready');
  const signs = dialog.getByRole('checkbox', { name: /已阅读/ });
  if (await signs.isVisible()) {
    await signs.check();
    await dialog.getByRole('button', { name: /签\s?署/ }).click();
  }
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '下载文件' }).click();
  expect((await download).suggestedFilename()).toMatch(/^inbox-\d{8}-\w+\.xlsx$/);
  await page.goto('/outputs?tab=exports');
  await expect(page.getByRole('table', { name: '导出' }).getByText('教学-2026-017')).toBeVisible();
  await reader.look('output-exports');
  await page.goto('/outputs?tab=issues');
  await expect(page.getByRole('table', { name: '已输出' }).getByText('复制')).toBeVisible();
  await reader.look('output-issues');
});

test('the offices see the rules and what waits for them', async ({ reader, page }) => {
  await reader.become(office('medical-affairs'));
  await page.goto('/outputs/approvals');
  await expect(page.getByText('没有等待处理的导出')).toBeVisible();
  await reader.look('output-approvals');
  await page.getByRole('link', { name: '规则', exact: true }).click();
  await expect(page.getByRole('table', { name: '用途与定额' }).getByText('教学清单')).toBeVisible();
  await reader.look('output-rules');
  await page.getByRole('button', { name: '修改' }).first().click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: '名称（中文）' })).toHaveValue('诊疗组打印');
  await reader.look('output-profile');
  await reader.become(office('security-administrator'));
  await page.goto('/outputs/rules?tab=channels');
  await page.getByRole('button', { name: '登记通道' }).click();
  await reader.look('output-channel');
});

test.describe('in English', () => {
  test.use({ language: 'en' });
  test('the pages on output read as well', async ({ reader, page }) => {
    await reader.become(attending);
    await page.goto('/outputs?tab=issues');
    await expect(page.getByRole('heading', { name: 'My output' })).toBeVisible();
    await reader.look('output-issues');
    await page.goto('/duties');
    await page.getByRole('button', { name: 'Export the list' }).click();
    await expect(page.getByRole('alert')).toContainText('teaching');
    await reader.look('output-other-purpose');
    await reader.become(office('medical-affairs'));
    await page.goto('/outputs/rules');
    await expect(page.getByRole('table', { name: 'Profiles and quotas' }).getByText('Lists for teaching')).toBeVisible();
    await reader.look('output-rules');
    await page.goto('/staff');
    await page.getByRole('button', { name: 'Export the list' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Case number' })).toBeVisible();
    await reader.look('output-export');
  });
});

test.describe('whoever holds the print verifies it without signing in', () => {
  for (const language of ['zh', 'en'] as const) {
    test.describe(language, () => {
      test.use({ language });
      test('by its code', async ({ reader, page }) => {
        await page.goto('/verify');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await reader.look('verify');
        await page.getByRole('textbox').fill(code.toLowerCase().replaceAll('-', ' '));
        await page.keyboard.press('Enter');
        await expect(page.getByRole('heading', { name: /^真实|^Genuine/ })).toBeVisible();
        await reader.look('verify-genuine');
        await page.getByLabel(/选择文件|Choose a file/).setInputFiles({ name: 'copy.html', mimeType: 'text/html', buffer: Buffer.from('<p>') });
        await expect(page.getByText(/文件与发出的不一致|The file is not what was issued/)).toBeVisible();
        await reader.look('verify-differs');
        await page.getByRole('textbox').fill(`${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`);
        await page.keyboard.press('Enter');
        await expect(page.getByRole('alert')).toBeVisible();
        await page.setViewportSize({ width: 360, height: 740 });
        await reader.look('verify-mistyped-phone');
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      });
    });
  }
});

test('the quality office sees the numbers of a patient once it says why', async ({ reader, page }) => {
  await reader.become(office('quality'));
  await page.goto('/patients?scope=all');
  await page.getByRole('row').nth(1).getByRole('link').click();
  await page.getByRole('button', { name: '身份与联系' }).click();
  const drawer = page.getByRole('dialog', { name: '身份与联系' });
  await expect(drawer.getByRole('button', { name: '显示' }).first()).toBeVisible();
  await reader.look('output-masked');
  await drawer.getByRole('button', { name: '显示' }).first().click();
  const why = page.getByRole('dialog', { name: '为什么需要看完整信息' });
  await why.getByRole('combobox', { name: '理由' }).click();
  await page.getByTitle('联系患者或家属').click();
  await why.getByRole('button', { name: '显示' }).click();
  await expect(drawer.getByRole('button', { name: '显示' })).toHaveCount(0);
});
