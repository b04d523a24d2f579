import { expect, test } from './reader';

test.use({ language: 'en' });

test.describe.configure({ mode: 'serial' });

/** What the tests after the first open: a patient of the attending physician. */
let patient = '';

test('a doctor reads a record in English', async ({ reader, page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await reader.look('sign-in');
  await reader.become((person) => person.roles[0]?.id === 'attending' && person.department.zh === '心内科');
  await reader.look('workbench');
  await page.goto('/patients');
  await expect(page.getByRole('table', { name: 'Patients' }).getByRole('row').nth(1)).toBeVisible();
  await reader.look('patients');
  await page.getByRole('row').filter({ hasText: 'Cardiology' }).filter({ hasText: 'Inpatient' }).first().getByRole('link').click();
  const timeline = page.getByRole('navigation', { name: 'Timeline of care' });
  await timeline.getByRole('button', { name: /Admission record/ }).first().click();
  await expect(page.getByRole('article').getByRole('heading', { name: '主诉 · Chief complaint' })).toBeVisible();
  await reader.look('document');
  patient = new URL(page.url()).pathname;
  for (const tab of ['Results', 'Orders', 'Care team', 'Who read this']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
    await reader.look(`patient-${tab.toLowerCase().replaceAll(' ', '-')}`);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Find/ }).fill('00310');
  await reader.look('finder');
});

test('a doctor writes with English guidance what the record keeps in Chinese', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'attending' && person.department.zh === '心内科');
  await page.goto(`${patient}/write`);
  await expect(page.getByRole('button', { name: /First progress note/ })).toBeVisible();
  await reader.look('write-choose');
  await page.getByRole('button', { name: /^Progress note/ }).click();
  await page.getByRole('textbox', { name: 'Progress' }).fill('今晨查房，患者一般情况好，继续目前治疗。');
  await expect(page.getByText(/Saved on the server/)).toBeVisible();
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: '病程记录 · Progress' })).toBeVisible();
  await reader.look('sign-dialog');
  await page.getByRole('button', { name: 'Back to writing' }).click();
  await page.getByRole('button', { name: 'Go on later' }).click();
  await page.getByRole('link', { name: 'Writing', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Writing' }).getByRole('row')).toHaveCount(2);
  await reader.look('drafts');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No unfinished writing')).toBeVisible();
});

test('a stranger is told in English what can be done', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'resident' && person.department.zh === '神经内科');
  await page.goto(patient);
  await expect(page.getByRole('heading', { name: 'This cannot be read now' })).toBeVisible();
  await reader.look('refused');
  await page.getByRole('main').getByRole('button', { name: 'Break the glass' }).click();
  await expect(page.getByRole('dialog').getByRole('radio').first()).toBeVisible();
  await reader.look('break-glass-dialog');
});

test('the offices work in English', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'auditor');
  await reader.look('workbench-auditor');
  await page.goto('/ledger');
  await page.getByRole('row').filter({ hasText: 'Attending physician' }).first().click();
  await page.getByRole('button', { name: 'Verify in this browser' }).click();
  await expect(page.getByText(/^Verified/)).toBeVisible();
  await reader.look('ledger-proof');
  for (const place of ['evidence', 'reviews', 'staff']) {
    await page.goto(`/${place}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await reader.look(place);
  }
  await reader.become((person) => person.roles[0]?.id === 'security-administrator');
  await page.goto('/accounts');
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
  await reader.look('accounts');
  await reader.become((person) => person.roles[0]?.id === 'system-administrator');
  await page.goto('/imports');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await reader.look('imports');
  await page.goto('/imports/quarantine');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await reader.look('quarantine');
});

test('whoever may not is told so in English', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'dba');
  await page.goto('/ledger');
  await expect(page.getByText('Your role does not do this kind of thing.')).toBeVisible();
  await reader.look('ledger-refused');
});
