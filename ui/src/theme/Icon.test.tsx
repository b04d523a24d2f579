import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import Icon from './Icon';

const icon = { name: 'search', icon: { tag: 'svg', attrs: { viewBox: '0 0 8 8', 'fill-rule': 'evenodd' }, children: [{ tag: 'path', attrs: { d: 'M0 0h8' } }] } };

it('is not read aloud beside its words', () => {
  render(
    <button>
      <Icon icon={icon} /> 搜索
    </button>,
  );
  expect(screen.getByRole('button')).toHaveAccessibleName('搜索');
});

it('is read aloud by the name that it was given', () => {
  render(
    <button>
      <Icon icon={icon} aria-label="清除" />
    </button>,
  );
  expect(screen.getByRole('button', { name: '清除' }).querySelector('path')).toHaveAttribute('d', 'M0 0h8');
});
