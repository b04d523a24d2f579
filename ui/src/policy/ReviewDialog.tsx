import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/kit/FormDialog';

interface ReviewDialogProps {
  busy: boolean;
  error: string | undefined;
  onReview: (agree: boolean, words: string) => void;
  onClose: () => void;
}

/** Asks for the word of a second person. */
export function ReviewDialog({ busy, error, onReview, onClose }: ReviewDialogProps) {
  const { t } = useTranslation('policy');
  return (
    <FormDialog<{ agree: boolean; words?: string }> title={t('release.review')} lead={t('release.reviewLead')} submit={t('release.review')} busy={busy} error={error} initial={{ agree: true }} onClose={onClose} onSubmit={({ agree, words }) => onReview(agree, words ?? '')}>
      <Form.Item name="agree">
        <Radio.Group
          options={[
            { value: true, label: t('release.agree') },
            { value: false, label: t('release.giveBack') },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['agree']}>
        {({ getFieldValue }) => (
          <Form.Item name="words" label={t('release.words')} rules={[{ required: getFieldValue('agree') === false, whitespace: true, message: t('release.wordsMust') }]}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
          </Form.Item>
        )}
      </Form.Item>
    </FormDialog>
  );
}
