import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { Designer } from './Designer';
import { judge } from './judge';
import './Preview';
import { type Content, emptyContent, fieldAdded, type Report } from './template';

const begun = fieldAdded(emptyContent('fever', 'document', { zh: '发热', en: 'Fever' }, { zh: '体征', en: 'Signs' }), 'part_1', { zh: '体温', en: 'Temperature' }).content;

const report: Report = { defects: [{ path: 'sections.part_1.fields.field_1.purpose', says: { zh: '每项须写明采集目的', en: 'say what it is for' } }], outcomes: [] };

function Designing({ readOnly = false }: { readOnly?: boolean }) {
  const [content, setContent] = useState<Content>(begun);
  return <Designer content={content} report={report} fresh readOnly={readOnly} base={undefined} changes={[]} judge={judge} onChange={setContent} />;
}

it('leads from the outline to what is wrong, and shows what is changed in the preview', async () => {
  const user = userEvent.setup();
  render(<Designing />);
  await user.click(within(screen.getByRole('navigation', { name: '表单结构' })).getByRole('button', { name: /体温/ }));
  expect(screen.getByText('每项须写明采集目的')).toBeVisible();
  const name = screen.getByLabelText('名称 中文');
  await user.clear(name);
  await user.type(name, '腋温');
  expect(await screen.findByText('腋温', { selector: 'label' }, { timeout: 10_000 })).toBeVisible();
});

it('goes through the outline by arrows, moves by Alt, and takes out by Delete', async () => {
  const user = userEvent.setup();
  render(<Designing />);
  await user.click(screen.getByRole('button', { name: /项目$/ }));
  const outline = within(screen.getByRole('navigation', { name: '表单结构' }));
  outline.getByRole('button', { name: /field_2/ }).focus();
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  const names = () => outline.getAllByRole('button').map(({ textContent }) => textContent);
  expect(names().slice(0, 4)).toEqual(['表单与规范', '体征1', 'field_2', '体温1']);
  outline.getByRole('button', { name: /field_2/ }).focus();
  await user.keyboard('{Delete}');
  expect(outline.queryByRole('button', { name: /field_2/ })).not.toBeInTheDocument();
  outline.getByRole('button', { name: /体征/ }).focus();
  await user.keyboard('{ArrowDown}');
  expect(outline.getByRole('button', { name: /体温/ })).toHaveFocus();
});

it('lets nothing be changed in what was released', async () => {
  const user = userEvent.setup();
  render(<Designing readOnly />);
  expect(screen.queryByRole('button', { name: /部分$/ })).not.toBeInTheDocument();
  await user.click(within(screen.getByRole('navigation', { name: '表单结构' })).getByRole('button', { name: /体温/ }));
  expect(screen.getByLabelText('名称 中文')).toBeDisabled();
});
