import { expect, test } from './reader';

test.use({ language: 'en' });

test('a doctor reads a record in English', async ({ reader, page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await reader.look('sign-in');
  await reader.become((person) => person.roles[0]?.id === 'attending' && person.department.zh === '心内科');
  await reader.look('workbench');
  await page.getByRole('region', { name: 'My patients' }).getByRole('link').nth(1).click();
  await page.getByRole('navigation', { name: 'Timeline of care' }).getByRole('button', { name: /记录/ }).first().click();
  await expect(page.getByRole('article')).toBeVisible();
  await reader.look('document');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('00310');
  await reader.look('finder');
});

test('the offices work in English', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'auditor');
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
  await reader.become((person) => person.roles[0]?.id === 'system-administrator');
  await page.goto('/imports');
  await reader.look('imports');
});

test('whoever may not is told so in English', async ({ reader, page }) => {
  await reader.become((person) => person.roles[0]?.id === 'dba');
  await page.goto('/ledger');
  await expect(page.getByText('Your role does not do this kind of thing.')).toBeVisible();
  await reader.look('ledger-refused');
});
