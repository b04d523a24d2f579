import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { RulesPage, type Rule } from './RulesPage';

const rule = (id: string, zh: string, change: Partial<Rule> = {}): Rule => ({
  id,
  effect: 'permit',
  verbs: ['record.view'],
  roles: ['nurse'],
  demands: ['A-046'],
  sentence: { zh, en: id },
  remedy: { zh: '', en: '' },
  file: 'care.cedar',
  text: 'permit (…)',
  ...change,
});

it('finds a rule by its words, its act and its demand, and tells own rules apart', async () => {
  render(
    <RulesPage
      rules={[
        rule('care.read', '护士可阅读本病区患者。'),
        rule('local.night@3', '夜间不打印。', { effect: 'forbid', verbs: ['record.print'], demands: [], remedy: { zh: '请白天办理。', en: 'Do it by day.' } }),
      ]}
    />,
  );
  expect(screen.getByText('2 条规则')).toBeVisible();
  expect(screen.getByText('怎么办：请白天办理。')).toBeVisible();
  const search = screen.getByRole('textbox', { name: '搜索规则、操作、条款' });
  fireEvent.change(search, { target: { value: 'record.print' } });
  expect(await screen.findByText('1 条规则')).toBeVisible();
  expect(screen.getByText('夜间不打印。')).toBeVisible();
  fireEvent.change(search, { target: { value: 'a-046' } });
  expect(await screen.findByText('护士可阅读本病区患者。')).toBeVisible();
  expect(screen.queryByText('夜间不打印。')).toBeNull();
  fireEvent.change(search, { target: { value: '没有这样的规则' } });
  expect(await screen.findByText('没有符合的规则')).toBeVisible();
});
