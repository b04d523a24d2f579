import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { Paper } from './Paper';

it('sets title, patient, sections by paragraph, and each signature with its verdict', () => {
  render(
    <Paper
      organisation="汐州市第二人民医院"
      title="入院记录"
      facts={[{ label: '姓名', value: '李秀英' }]}
      sections={[{ key: 'a', title: '现病史', text: '三天前起病。\n\n<script>alert(1)</script>' }]}
      signatures={[
        { name: '陈雅琴', role: '书写', at: '2026-03-02T08:05:00+08:00', valid: true },
        { name: '王建国', role: '审签', at: '2026-03-02T09:00:00+08:00', valid: false },
      ]}
      version={2}
    />,
  );
  expect(screen.getByRole('article', { name: '入院记录' })).toHaveTextContent('姓名李秀英');
  expect(screen.getByText('三天前起病。').tagName).toBe('P');
  expect(screen.getByText('<script>alert(1)</script>')).toBeVisible();
  expect(screen.getByText('陈雅琴').closest('li')).toHaveTextContent('签名有效');
  expect(screen.getByText('王建国').closest('li')).toHaveTextContent('签名无效');
});
