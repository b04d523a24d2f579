import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { Form } from '@/kit/form/check';
import type { Definition } from '@/kit/form/definition';
import { render } from '@/testing/render';
import { type Filled, nothingFilled, rowRemoved } from './filled';
import { FormView } from './FormView';

const vitals: Definition = {
  key: 'vitals',
  version: 1,
  title: { zh: '生命体征', en: 'Vital signs' },
  facts: [{ key: 'allergy', kind: 'line' }],
  sections: [
    {
      key: 'measured',
      title: { zh: '测量', en: 'Measured' },
      fields: [
        { key: 'temperature', title: { zh: '体温', en: 'Temperature' }, kind: 'decimal', purpose: 'service', need: 'mandatory', unit: '℃', possible: { from: '25', to: '45' }, usual: { to: '39' } },
        { key: 'height', title: { zh: '身高', en: 'Height' }, kind: 'integer', purpose: 'service' },
        { key: 'doubled', title: { zh: '两倍', en: 'Doubled' }, kind: 'integer', purpose: 'service', computed: 'height * 2' },
        { key: 'fever', title: { zh: '热型', en: 'Kind of fever' }, kind: 'line', purpose: 'service', when: 'temperature > 38.0' },
        { key: 'history', title: { zh: '过敏史', en: 'Allergies' }, kind: 'line', purpose: 'service', need: 'recommended', prefill: 'allergy' },
      ],
    },
    { key: 'drugs', title: { zh: '用药', en: 'Drugs' }, repeat: { most: 2 }, fields: [{ key: 'drug', title: { zh: '药名', en: 'Drug' }, kind: 'line', purpose: 'service', need: 'mandatory' }] },
  ],
  rules: [{ key: 'short', must: 'height > 30', level: 'warn', says: { zh: '身高过低', en: 'Too short' }, at: ['height'] }],
};

function Filling({ insist = false }: { insist?: boolean }) {
  const [filled, setFilled] = useState<Filled>(nothingFilled);
  return <FormView form={new Form(vitals)} filled={filled} facts={{ allergy: '青霉素' }} insist={insist} onChange={setFilled} />;
}

it('warns and refuses beside the field once it was left', async () => {
  const user = userEvent.setup();
  render(<Filling />);
  const temperature = screen.getByLabelText(/体温/);
  await user.type(temperature, '365');
  expect(screen.queryByText('应在 25 至 45 ℃ 之间')).not.toBeInTheDocument();
  await user.tab();
  expect(screen.getByText('应在 25 至 45 ℃ 之间')).toBeVisible();
  expect(temperature).toHaveAttribute('aria-invalid', 'true');
  await user.clear(temperature);
  await user.type(temperature, '39.5');
  expect(screen.getByText(/超出常见范围 … 至 39 ℃/)).toBeVisible();
  expect(temperature).toHaveAttribute('aria-invalid', 'false');
});

it('asks what earlier answers call for, and computes', async () => {
  const user = userEvent.setup();
  render(<Filling />);
  expect(screen.queryByLabelText('热型')).not.toBeInTheDocument();
  await user.type(screen.getByLabelText(/体温/), '38.5');
  expect(screen.getByLabelText('热型')).toBeVisible();
  await user.type(screen.getByLabelText('身高'), '20');
  expect(screen.getByText('40')).toBeVisible();
  await user.tab();
  expect(screen.getByText('身高过低')).toBeVisible();
});

it('offers what the record knows, or takes a reason', async () => {
  const user = userEvent.setup();
  render(<Filling insist />);
  expect(screen.getByText('请填写，或说明不适用的理由')).toBeVisible();
  await user.type(screen.getByLabelText('过敏史不适用的理由'), '昏迷');
  expect(screen.queryByText('请填写，或说明不适用的理由')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '采用档案中的：青霉素' }));
  expect(screen.getByLabelText('过敏史')).toHaveValue('青霉素');
});

it('counts what is done, and goes to what is open', async () => {
  const user = userEvent.setup();
  render(<Filling insist />);
  expect(screen.getByText('必填 0/1')).toBeVisible();
  const sections = within(screen.getByRole('navigation', { name: '各部分' }));
  expect(sections.getByText('2 项待处理')).toBeVisible();
  Element.prototype.scrollIntoView = () => undefined;
  await user.click(screen.getByRole('button', { name: '前往待处理项（2）' }));
  expect(screen.getByLabelText(/体温/)).toHaveFocus();
});

it('takes rows up to the most, and lets go of one', async () => {
  const user = userEvent.setup();
  render(<Filling insist />);
  const add = screen.getByRole('button', { name: /增加一条/ });
  await user.click(add);
  await user.click(add);
  expect(add).toBeDisabled();
  const names = screen.getAllByLabelText(/药名/);
  await user.type(names[0] ?? add, '甲');
  await user.type(names[1] ?? add, '乙');
  await user.click(screen.getByRole('button', { name: '删除第 1 条' }));
  expect(screen.getByLabelText(/药名/)).toHaveValue('乙');
});

it('moves reasons up with their rows', () => {
  const filled = { answers: { drugs: [{ drug: 'a' }, {}, { drug: 'c' }] }, reasons: { 'drugs[0].x': '0', 'drugs[1].x': '1', 'drugs[2].x': '2', height: 'h' } };
  expect(rowRemoved(filled, 'drugs', 1)).toEqual({ answers: { drugs: [{ drug: 'a' }, { drug: 'c' }] }, reasons: { 'drugs[0].x': '0', 'drugs[1].x': '2', height: 'h' } });
});
