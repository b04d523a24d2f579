import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { DigestField } from '@/kit/DigestField';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import type { Guardian } from './consent';
import { GiverFields } from './GiverFields';

interface Asked {
  kind: Guardian['kind'];
  born?: string;
  until?: string;
  who: Schemas['ConsentGiver'];
  evidence: string;
}

/** Records who decides for a patient, and until when. */
export default function AddGuardian({ patient, onClose }: { patient: string; onClose: () => void }) {
  const { t } = useTranslation('consent');
  const fault = useFault();
  const add = queries.useMutation('post', '/api/patients/{id}/guardians', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<Asked>
      title={t('addGuardian')}
      lead={t('guarding.lead')}
      submit={t('guarding.submit')}
      width={600}
      busy={add.isPending}
      error={fault(add.error)}
      initial={{ kind: 'minor' }}
      onSubmit={(body) => add.mutate({ params: { path: { id: patient } }, body })}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('guarding.kind')}>
        <Radio.Group options={(['minor', 'incapacity'] as const).map((value) => ({ value, label: t(`guardianKind.${value}`) }))} />
      </Form.Item>
      <End />
      <GiverFields of="who" />
      <Form.Item name="evidence" label={t('guarding.evidence')} rules={[{ required: true, message: t('required') }]}>
        <DigestField label={t('guarding.evidence')} />
      </Form.Item>
    </FormDialog>
  );
}

function End() {
  const { t } = useTranslation('consent');
  const kind = Form.useWatch<Guardian['kind'] | undefined>('kind');
  const needed = [{ required: true, message: t('required') }];
  return kind === 'incapacity' ? (
    <Form.Item name="until" htmlFor="guardian-until" label={t('guarding.until')} rules={needed}>
      <MomentInput id="guardian-until" min={new Date().toISOString()} />
    </Form.Item>
  ) : (
    <Form.Item name="born" label={t('guarding.born')} rules={needed}>
      <Input type="date" />
    </Form.Item>
  );
}
