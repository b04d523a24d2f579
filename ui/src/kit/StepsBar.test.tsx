import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { StepsBar } from './StepsBar';

it('says the state of each step in words and marks the current one', () => {
  render(
    <StepsBar
      label="归档进度"
      steps={[
        { key: 'sign', title: '签名', state: 'done' },
        { key: 'check', title: '质控', state: 'current' },
        { key: 'home', title: '归档', state: 'waiting' },
      ]}
    />,
  );
  const steps = within(screen.getByRole('list', { name: '归档进度' })).getAllByRole('listitem');
  expect(steps.map((step) => step.textContent)).toEqual(['签名已完成', '2质控进行中', '3归档未开始']);
  expect(steps.filter((step) => step.getAttribute('aria-current') === 'step')).toEqual([steps[1]]);
});
