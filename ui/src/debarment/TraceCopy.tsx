import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { Facts } from '@/kit/Facts';
import { FormDialog } from '@/kit/FormDialog';
import { When } from '@/kit/When';
import { usePerson } from '@/privilege/use-person';
import { proposalFrom, type Traced, type Writing } from './debarment';

interface TraceCopyProps {
  onBar: (initial: Partial<Writing>) => void;
  onClose: () => void;
}

/** Finds by the code on a leaked copy to whom it was given; one click from there proposes to bar him. */
export default function TraceCopy({ onBar, onClose }: TraceCopyProps) {
  const { t } = useTranslation('debarment');
  const fault = useFault();
  const [traced, setTraced] = useState<Traced>();
  const trace = queries.useMutation('post', '/api/debarments/traces', { onSuccess: setTraced });
  return (
    <FormDialog<{ code: string }>
      title={t('trace.title')}
      lead={t('trace.lead')}
      submit={t('trace.submit')}
      width={560}
      busy={trace.isPending}
      error={fault(trace.error)}
      onSubmit={(body) => trace.mutate({ body })}
      onClose={onClose}
    >
      <Form.Item name="code" label={t('trace.code')} extra={t('trace.codeHint')} rules={[{ required: true, message: t('required') }]}>
        <Input autoComplete="off" spellCheck={false} maxLength={60} />
      </Form.Item>
      {traced && <Found traced={traced} onBar={() => onBar(proposalFrom(traced))} />}
    </FormDialog>
  );
}

function Found({ traced, onBar }: { traced: Traced; onBar: () => void }) {
  const { t } = useTranslation('debarment');
  const person = usePerson(traced.names);
  return (
    <section aria-live="polite">
      <Facts
        facts={[
          { label: t('trace.serial'), value: traced.serial },
          { label: t('trace.at'), value: <When at={traced.at} /> },
          { label: t('trace.by'), value: person(traced.person) },
          { label: t('trace.to'), value: traced.to.length > 0 ? traced.to.join(t('separator')) : t('trace.toNobody') },
        ]}
      />
      <p>
        <Button danger type="primary" onClick={onBar}>
          {t('trace.bar')}
        </Button>
      </p>
    </section>
  );
}
