import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { isProblem } from '@/api/problem';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import { faultsOf, shownFault } from './faults';
import { fileOf, keepFile } from './file';
import type { Profile } from './output';
import { QuotaLine } from './QuotaLine';
import { Refused } from './Refused';
import { useQuota } from './use-profiles';

interface Taking {
  profile: string;
  case?: string;
}

interface TakeAttachmentProps {
  document: string;
  version: number;
  number: number;
  /** Those that serve the purpose of the reader; at least one. */
  profiles: Profile[];
  onClose: () => void;
}

/** Downloads an attachment after its reader has seen the words of the commitment and signed them. */
export default function TakeAttachment({ document, version, number, profiles, onClose }: TakeAttachmentProps) {
  const { t } = useTranslation('output');
  const text = useText();
  const fault = useFault();
  const [profile, setProfile] = useState(profiles[0]);
  const used = useQuota(profile?.id);
  const take = queries.useMutation('post', '/api/output/attachments', {
    onSuccess: ({ name, media, file }) => {
      keepFile(name, fileOf(file, media));
      onClose();
    },
  });
  const toSign = isProblem(take.error) && take.error.code === 'output.unsigned';
  return (
    <FormDialog<Taking>
      title={t('attachment.title', { number })}
      lead={t('attachment.lead')}
      submit={t(toSign ? 'attachment.sign' : 'attachment.next')}
      width={560}
      busy={take.isPending}
      initial={{ profile: profile?.id ?? '' }}
      onSubmit={(values) => take.mutate({ body: { document, version, number, ...values, signed: toSign } })}
      onClose={onClose}
    >
      {toSign ? <Notice>{fault(take.error)}</Notice> : <Refused error={take.error} shown={['case']} />}
      <Form.Item name="profile" label={t('profile')}>
        <Select
          options={profiles.map(({ id, name }) => ({ value: id, label: text(name) }))}
          onChange={(chosen: string) => {
            setProfile(profiles.find(({ id }) => id === chosen));
            take.reset();
          }}
        />
      </Form.Item>
      <QuotaLine used={used} />
      <Form.Item name="case" label={t(profile?.case ? 'case' : 'caseOptional')} extra={profile?.case && t('caseNote')} {...shownFault(faultsOf(take.error).case)}>
        <Input maxLength={60} placeholder={t('caseHint')} onChange={() => take.reset()} />
      </Form.Item>
    </FormDialog>
  );
}
