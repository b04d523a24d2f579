import type { Page } from '@playwright/test';
import { expect, test } from './reader';

/** Words of the interface that the story leans on. */
const say = {
  admission: '入院记录', amend: '更正', reason: '更正理由', history: '既往史', saved: /已保存到服务器/, expired: '登录已过期', again: '重新登录', goOn: '登录并继续',
  sign: '签名', confirm: '确认并签名', second: '第 2 版', compare: '与上一版比较', valid: '签名有效', refused: '现在不能查看', glass: '紧急调阅', locate: '定位', resuscitation: '抢救',
  detail: '具体情况', understand: /我确认情况紧急/, begin: '开始紧急调阅', bar: '紧急调阅中', end: '结束调阅', readers: '谁看过', verify: '在浏览器中验证', holds: /验证通过/,
  identifier: '病案号、身份证件号或手机号', proper: '合理', records: '病历', write: '书写', progress: '日常病程记录', progressSection: '病程记录', leave: '稍后再写', observations: '检验与体征', orders: '医嘱', team: '诊疗组',
};

const cardiology = (role: string) => (person: { roles: { id: string }[]; department: { zh: string } }) => person.roles[0]?.id === role && person.department.zh === '心内科';
const anybody = (role: string) => (person: { roles: { id: string }[] }) => person.roles[0]?.id === role;

/** Whom the story is about: the first patient of the resident. */
let patient = { id: '', name: '', recordNumber: '' };

test.describe.configure({ mode: 'serial' });

const heaviest = 350 * 1024;

test('the interface itself is light', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (!request.url().includes('/api/')) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThan(heaviest);
  test.info().annotations.push({ type: 'first load', description: `${Math.round(bytes / 1024)} KB` });
});

test('a resident reads, loses the session while correcting, and signs the correction', async ({ reader, page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await reader.look('sign-in');
  await reader.become(cardiology('resident'));
  await reader.look('workbench-resident');

  await page.getByRole('region', { name: '我的患者' }).getByRole('link').nth(1).click();
  await expect(page.getByRole('navigation', { name: '诊疗时间线' })).toBeVisible();
  patient = await openedPatient(page);
  await page.getByRole('navigation', { name: '诊疗时间线' }).getByRole('button', { name: new RegExp(say.admission) }).first().click();
  await expect(page.getByRole('article', { name: say.admission })).toBeVisible();
  await reader.look('document');

  for (const tab of [say.observations, say.orders, say.team]) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
    await reader.look(`patient-${tab}`);
  }
  await page.getByRole('tab', { name: say.records }).click();
  await page.getByRole('button', { name: new RegExp(say.admission) }).first().click();

  await page.getByRole('button', { name: named(say.amend) }).click();
  await page.getByLabel(say.reason).fill('既往用药漏写，患者家属补充');
  const section = page.getByRole('textbox', { name: say.history });
  await section.press('Control+End');
  await section.pressSequentially('补充：曾服用阿司匹林。');
  await expect(page.getByText(say.saved)).toBeVisible();
  await expect(page).toHaveURL(/draft=/);

  await page.context().clearCookies();
  await section.pressSequentially('两年前自行停用。');
  await expect(page.getByRole('alert').filter({ hasText: say.expired })).toBeVisible();
  await expect(page.getByText('未保存：登录已过期')).toBeVisible();
  await expect(section).toHaveValue(/两年前自行停用。$/);
  await reader.look('writing-expired');
  await page.getByRole('button', { name: say.again }).click();
  await reader.look('sign-in-again');
  await page.getByRole('button', { name: say.goOn }).click();
  await expect(page.getByText(say.saved)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: say.expired })).toBeHidden();
  await expect(section).toHaveValue(/两年前自行停用。$/);

  await page.reload();
  await expect(page.getByRole('textbox', { name: say.history })).toHaveValue(/两年前自行停用。$/);
  await reader.look('writing-correction');
  await page.getByRole('button', { name: named(say.sign) }).click();
  await expect(page.getByRole('dialog')).toContainText('两年前自行停用');
  await reader.look('sign-dialog');
  await page.getByRole('button', { name: say.confirm }).click();
  await expect(page.getByRole('article', { name: say.admission })).toContainText(say.second);
  await expect(page.getByText(say.valid)).toBeVisible();
  await reader.look('document-signed');
  await page.getByRole('button', { name: say.compare }).click();
  await expect(page.locator('ins').filter({ hasText: '阿司匹林' })).toBeVisible();
  await reader.look('document-compare');
});

test('a new note is written, left, found again and thrown away', async ({ reader, page }) => {
  await reader.become(cardiology('resident'));
  await page.goto(`/patients/${patient.id}`);
  await page.getByRole('button', { name: named(say.write) }).click();
  await reader.look('write-choose');
  await page.getByRole('button', { name: new RegExp(say.progress) }).click();
  await page.getByRole('textbox', { name: say.progressSection }).fill('今晨查房，患者气促较前减轻，双下肢水肿消退。');
  await expect(page.getByText(say.saved)).toBeVisible();
  await reader.look('writing-new');
  await page.getByRole('button', { name: say.leave }).click();
  await page.getByRole('link', { name: '书写', exact: true }).click();
  await expect(page.getByRole('table', { name: '书写' }).getByRole('row')).toHaveCount(2);
  await reader.look('drafts');
  await page.getByRole('table', { name: '书写' }).getByRole('link').first().click();
  await expect(page.getByRole('textbox', { name: say.progressSection })).toHaveValue(/双下肢水肿消退/);
  await page.getByRole('link', { name: '书写', exact: true }).click();
  await page.getByRole('button', { name: '删除' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: '删除' }).click();
  await expect(page.getByText('没有未完成的书写')).toBeVisible();
});

test('a stranger is refused, locates the patient and breaks the glass', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'resident' && person.department.zh === '神经内科');
  await page.goto('/patients');
  await expect(page.getByRole('heading', { name: '患者', level: 1 })).toBeVisible();
  await reader.look('patients');

  await page.goto(`/patients/${patient.id}`);
  await expect(page.getByRole('heading', { name: say.refused })).toBeVisible();
  await reader.look('refused');

  await page.getByRole('button', { name: named(say.glass) }).first().click();
  await page.getByLabel(say.identifier).fill(patient.recordNumber);
  await page.getByRole('button', { name: named(say.locate) }).click();
  const main = page.getByRole('main');
  await expect(main.getByRole('button', { name: named(say.glass) })).toBeVisible();
  await expect(main).not.toContainText(patient.name);
  await reader.look('locate');
  await main.getByRole('button', { name: named(say.glass) }).click();
  await page.getByRole('radio', { name: say.resuscitation }).check();
  await page.getByLabel(say.detail).fill('突发意识障碍，需立即了解用药');
  await page.getByLabel(say.understand).check();
  await reader.look('break-glass-dialog');
  await page.getByRole('button', { name: say.begin }).click();

  await expect(page.getByRole('region', { name: say.bar })).toContainText(/剩 3 小时 59 分/);
  await expect(page.getByRole('heading', { name: patient.name })).toBeVisible();
  await page.getByRole('button', { name: new RegExp(say.admission) }).first().click();
  await expect(page.getByRole('article', { name: say.admission })).toBeVisible();
  await reader.look('document-broken-glass');
  await page.getByRole('link', { name: '工作台' }).click();
  await expect(page.getByRole('region', { name: '我的临时访问' }).getByRole('link')).toHaveCount(1);
  await reader.look('workbench-glass');
  await page.getByRole('button', { name: say.end }).click();
  await expect(page.getByRole('region', { name: say.bar })).toBeHidden();
  await page.goto(`/patients/${patient.id}`);
  await expect(page.getByRole('heading', { name: say.refused })).toBeVisible();
});

test('the attending physician sees who read the patient', async ({ reader, page }) => {
  await reader.become(cardiology('chief'));
  await page.goto(`/patients/${patient.id}?tab=readers`);
  await expect(page.getByRole('table').getByRole('row').filter({ hasText: '紧急调阅' }).first()).toBeVisible();
  await expect(page.getByRole('tab', { name: say.readers })).toHaveAttribute('aria-selected', 'true');
  await reader.look('patient-readers');
});

test('an auditor sees who read what and proves it in the browser', async ({ reader, page }) => {
  await reader.become(anybody('auditor'));
  await reader.look('workbench-auditor');
  await page.getByRole('link', { name: '账本' }).first().click();
  await expect(page.getByRole('table', { name: '账本' }).getByRole('row').nth(1)).toBeVisible();
  await reader.look('ledger');
  await page.goto(`/ledger?patient=${patient.id}&verb=record.view`);
  const read = page.getByRole('row').filter({ hasText: '神经内科' }).first();
  await expect(read).toContainText('查看了');
  await read.click();
  await page.getByRole('button', { name: say.verify }).click();
  await expect(page.getByText(say.holds)).toBeVisible();
  await reader.look('ledger-proof');
  await page.goto('/evidence');
  await expect(page.getByRole('heading', { name: '条款证据' })).toBeVisible();
  await reader.look('evidence');
});

test('medical affairs reviews the broken glass', async ({ reader, page }) => {
  await reader.become(anybody('medical-affairs'));
  await reader.look('workbench-affairs');
  await page.goto('/reviews?waiting=yes');
  await page.getByRole('row').filter({ hasText: say.resuscitation }).click();
  await expect(page.getByRole('dialog')).toContainText('突发意识障碍');
  await reader.look('reviews');
  await page.getByRole('button', { name: named(say.proper) }).click();
  await expect(page.getByText('没有调阅记录')).toBeVisible();
});

test('records are imported; what could not be taken waits with its reason', async ({ reader, page }) => {
  await reader.become(anybody('system-administrator'));
  await page.goto('/imports');
  await page.getByLabel('数据来源').fill('his');
  await page.locator('input[type=file]').setInputFiles('story/props/bundle.json');
  const report = page.getByRole('region', { name: '导入结果：his' });
  await expect(report).toContainText('新增 3');
  await expect(report).toContainText('隔离 1');
  await report.getByText('bundle.json').click();
  await expect(report.getByText('Observation.status')).toBeVisible();
  await reader.look('import-report');
  await page.locator('input[type=file]').setInputFiles('story/props/bundle.json');
  await expect(report).toContainText('无变化 3');

  await reader.become(anybody('records-clerk'));
  await page.goto('/imports/quarantine');
  await page.getByRole('row').filter({ hasText: 'Observation.status' }).first().click();
  await page.getByRole('button', { name: '查看原文' }).click();
  await expect(page.getByText('血钠')).toBeVisible();
  await reader.look('quarantine');
  await page.getByRole('button', { name: '重试' }).click();
  await expect(page.getByText('仍有内容未能接收')).toBeVisible();
});

test('somebody new is appointed, gets an account and must change the initial password', async ({ reader, page }) => {
  await reader.become(anybody('security-administrator'));
  await page.goto('/staff');
  await reader.look('staff');
  await page.getByRole('button', { name: '登记人员' }).click();
  await page.getByRole('dialog').getByLabel('工号').fill('91001');
  await page.getByRole('dialog').getByLabel('姓名').fill('程试医');
  await reader.look('staff-add');
  await page.getByRole('button', { name: named('登记') }).click();
  const drawer = page.getByRole('dialog').filter({ hasText: '新任职' });
  await choose(page, drawer.getByLabel('科室'), '心内科');
  await choose(page, drawer.getByLabel('角色'), '住院医师');
  await drawer.getByLabel('最后一天').fill('2027-06-30');
  await drawer.getByLabel('最后一天').press('Tab');
  await drawer.getByRole('button', { name: '任命' }).click();
  await expect(drawer.getByText('心内科 · 住院医师')).toBeVisible();
  await reader.look('staff-person');

  await page.goto('/accounts');
  await expect(page.getByRole('table', { name: '账号' }).getByRole('row').nth(1)).toBeVisible();
  await reader.look('accounts');
  await page.getByRole('button', { name: '新建账号' }).click();
  await page.getByRole('dialog').getByLabel('持有人').fill('91001');
  await page.getByText('程试医 91001').click();
  await page.getByRole('button', { name: '建立' }).click();
  const issued = page.getByRole('dialog').filter({ hasText: '只显示这一次' });
  await reader.look('account-issued');
  const password = (await issued.locator('[class*=issued] [class*=code]').innerText()).trim();

  await page.context().clearCookies();
  await page.goto('/');
  await page.getByLabel('登录名').fill('91001');
  await page.locator('#sign-in-password').fill('wrong-password');
  await page.getByRole('button', { name: named('登录') }).click();
  await expect(page.getByRole('alert').filter({ hasText: /密码|登录名/ }).first()).toBeVisible();
  await page.locator('#sign-in-password').fill(password);
  await page.getByRole('button', { name: named('登录') }).click();
  await expect(page.getByRole('heading', { name: '修改密码' })).toBeVisible();
  await reader.look('change-password');
  await page.locator('#password-old').fill(password);
  await page.locator('#password-chosen').fill('Chenwu-2026-tingzhen');
  await page.locator('#password-again').fill('Chenwu-2026-tingzhen');
  await page.getByRole('button', { name: named('修改') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('程试医');
});

test('a lost connection is said, and ends by itself', async ({ reader, page }) => {
  await reader.become(cardiology('resident'));
  await page.context().setOffline(true);
  await expect(page.getByText('连接已断开')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('连接已断开')).toBeHidden();
});

/** A name that is this word and no more. */
const named = (word: string) => new RegExp(`^${word}$`);

/** Opens a list of choices and takes one of them. */
async function choose(page: Page, field: ReturnType<Page['getByLabel']>, option: string): Promise<void> {
  await field.click();
  await field.fill(option).catch(() => undefined);
  await page.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
}

async function openedPatient(page: Page): Promise<typeof patient> {
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const answer = await page.request.get(`/api/patients/${id}`);
  const { name, recordNumber } = (await answer.json()) as typeof patient;
  return { id, name, recordNumber };
}
