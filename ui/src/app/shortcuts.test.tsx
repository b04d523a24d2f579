import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useMemo } from 'react';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { Shortcuts, useShortcuts } from './shortcuts';

const search = vi.fn();
const patients = vi.fn();

function Page() {
  useShortcuts(
    useMemo(
      () => [
        { keys: 'mod+k', says: '搜索', run: search },
        { keys: 'g p', says: '患者', run: patients },
      ],
      [],
    ),
  );
  return <input aria-label="文字" />;
}

it('runs one key with Ctrl anywhere, and two in turn outside fields', async () => {
  render(
    <Shortcuts>
      <Page />
    </Shortcuts>,
  );
  await userEvent.keyboard('gp');
  expect(patients).toHaveBeenCalledOnce();

  await userEvent.click(screen.getByLabelText('文字'));
  await userEvent.keyboard('gp');
  expect(patients).toHaveBeenCalledOnce();
  expect(screen.getByLabelText('文字')).toHaveValue('gp');
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(search).toHaveBeenCalledOnce();
});
