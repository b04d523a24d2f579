import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import { lacksConsent } from './consented';
import EmergencySaving from './EmergencySaving';

it('saves in an emergency only with a choice and words', async () => {
  const onSave = vi.fn();
  renderAt('/patients/p-1/write', <EmergencySaving patient="p-1" busy={false} error={undefined} onSave={onSave} onClose={vi.fn()} />);
  await userEvent.click(screen.getByRole('button', { name: '紧急保存，事后补签' }));
  expect(onSave).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('radio', { name: '抢救生命' }));
  await userEvent.type(screen.getByRole('textbox'), '昏迷');
  await userEvent.click(screen.getByRole('button', { name: '紧急保存，事后补签' }));
  expect(onSave).toHaveBeenCalledExactlyOnceWith({ choice: 'rescue', words: '昏迷' });
});

it('tells a missing consent from other refusals', () => {
  expect(lacksConsent({ code: 'record.consent-needed', status: 409, trace: 't' })).toBe(true);
  expect(lacksConsent({ code: 'record.changed', status: 409, trace: 't' })).toBe(false);
});
