import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderAt } from '@/testing/render';
import AskPatient from './AskPatient';

const refusedBy = (rule: string) => ({
  code: 'act.refused',
  status: 403,
  trace: 't-1',
  detail: '',
  extra: { conditions: [{ name: 'consent', met: false, rule, text: { zh: '须授权', en: 'authorise' }, remedy: { zh: '', en: '' } }], way: 'glass', object: 'Document', id: 'd-1', patient: 'p-1' },
});

it('offers to ask the patient where another institution wrote the document', () => {
  renderAt('/patients/p-1', <AskPatient patient="p-1" error={refusedBy('history.authorised')} onOpened={() => undefined} />);
  expect(screen.getByRole('button', { name: '请患者授权' })).toBeEnabled();
});

it('offers nothing for other refusals', () => {
  renderAt('/patients/p-1', <AskPatient patient="p-1" error={refusedBy('level.clearance')} onOpened={() => undefined} />);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
