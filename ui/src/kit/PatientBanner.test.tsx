import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { PatientBanner } from './PatientBanner';

const patient = {
  name: '李秀英',
  sex: 'female',
  recordNumber: '0086213',
  department: '心内科',
  sensitivity: 1,
  purpose: 'care',
} as const;

it('shows identity, allergies, and purpose and ground of this access', () => {
  render(<PatientBanner {...patient} age={67} bed="12" allergies={['青霉素', '碘造影剂']} tie="care" />);
  expect(screen.getByRole('banner')).toHaveTextContent('李秀英女 · 67 岁病案号 0086213心内科 · 12 床');
  expect(screen.getByText('青霉素、碘造影剂')).toBeVisible();
  expect(screen.getByRole('banner')).toHaveTextContent('目的 诊疗');
  expect(screen.getByRole('banner')).toHaveTextContent('依据 诊疗关系');
});

it('says that no allergy is known rather than saying nothing', () => {
  render(<PatientBanner {...patient} allergies={[]} />);
  expect(screen.getByText(/无已知过敏/)).toBeVisible();
});
