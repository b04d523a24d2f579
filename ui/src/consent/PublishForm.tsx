import { Checkbox, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { forms, purposes, relations, usePurposeName, type Template } from './consent';

interface Asked {
  kind: Template['kind'];
  nameZh: string;
  nameEn?: string;
  textZh: string;
  textEn?: string;
  purposes?: string[];
  recipients?: string[];
  givers?: string[];
  forms: string[];
}

const longestText = 20_000;

/** Wants at least one box ticked; a group of boxes cannot be marked as required. */
const some = (message: string) => ({ validator: (_: unknown, chosen?: string[]) => (chosen?.length ? Promise.resolve() : Promise.reject(new Error(message))) });

/** Publishes a form, or the next version of one. */
export default function PublishForm({ before, onClose }: { before?: Template; onClose: () => void }) {
  const { t } = useTranslation('consent');
  const fault = useFault();
  const publish = queries.useMutation('post', '/api/consent/forms', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const submit = ({ kind, nameZh, nameEn, textZh, textEn, purposes: agreed, recipients, givers, forms: accepted }: Asked) =>
    publish.mutate({
      body: {
        kind,
        name: { zh: nameZh, en: nameEn ?? '' },
        text: { zh: textZh, en: textEn ?? '' },
        forms: accepted,
        ...(before && { id: before.id }),
        ...(kind === 'consent' && { givers: givers ?? [], scope: { purposes: agreed ?? [], recipients: recipients ?? [], categories: before?.scope.categories ?? [] } }),
      },
    });
  const needed = [{ required: true, message: t('required') }];
  return (
    <FormDialog<Asked>
      title={t(before ? 'nextVersion' : 'publish')}
      lead={t('publishing.lead')}
      submit={t('publishing.submit')}
      width={680}
      busy={publish.isPending}
      error={fault(publish.error)}
      initial={
        before
          ? {
              kind: before.kind,
              nameZh: before.name.zh,
              nameEn: before.name.en,
              textZh: before.text.zh,
              textEn: before.text.en,
              purposes: before.scope.purposes ?? [],
              recipients: before.scope.recipients ?? [],
              givers: before.givers ?? [],
              forms: before.forms ?? [],
            }
          : { kind: 'consent', givers: ['patient'], forms: ['written'] }
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('publishing.kind')}>
        <Radio.Group disabled={before !== undefined} options={(['consent', 'notice'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="nameZh" label={t('publishing.nameZh')} rules={needed}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('publishing.nameEn')}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="textZh" label={t('publishing.textZh')} rules={needed}>
        <Input.TextArea rows={5} maxLength={longestText} />
      </Form.Item>
      <Form.Item name="textEn" label={t('publishing.textEn')}>
        <Input.TextArea rows={4} maxLength={longestText} />
      </Form.Item>
      <OfConsent />
      <Form.Item name="forms" label={t('publishing.forms')} rules={[some(t('required'))]}>
        <Checkbox.Group options={forms.map((value) => ({ value, label: t(`form.${value}`) }))} />
      </Form.Item>
    </FormDialog>
  );
}

/** What only a consent says: for which uses, and by whom it may be given. */
function OfConsent() {
  const { t } = useTranslation('consent');
  const purposeName = usePurposeName();
  const kind = Form.useWatch<Template['kind'] | undefined>('kind');
  if (kind !== 'consent') return null;
  const needed = [{ required: true, message: t('required') }];
  return (
    <>
      <Form.Item name="purposes" label={t('publishing.purposes')} rules={needed}>
        <Select mode="multiple" options={purposes.map((value) => ({ value, label: purposeName(value) }))} />
      </Form.Item>
      <Form.Item name="recipients" label={t('publishing.recipients')} extra={t('publishing.recipientsHint')}>
        <Select mode="tags" open={false} suffix={null} />
      </Form.Item>
      <Form.Item name="givers" label={t('publishing.givers')} rules={[some(t('required'))]}>
        <Checkbox.Group options={relations.map((value) => ({ value, label: t(`relation.${value}`) }))} />
      </Form.Item>
    </>
  );
}
