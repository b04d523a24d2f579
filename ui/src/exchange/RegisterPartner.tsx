import { Checkbox, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { useText } from '@/language/text';
import { cardOf } from './exchange';
import styles from './Exchange.module.css';

interface Written {
  card: string;
  recipient?: string;
  source?: string;
  credential?: string;
  onwards?: boolean;
  until: string;
}

const only = { ...onwards, retry: false } as const;

/** Registers another house by the card that it gave. Somebody else compares the fingerprint afterwards. */
export default function RegisterPartner({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('exchange');
  const text = useText();
  const fault = useFault();
  const recipients = useWhole(queries.useInfiniteQuery('get', '/api/recipients', { params: { query: { limit: most } } }, only)) ?? [];
  const sources = useWhole(queries.useInfiniteQuery('get', '/api/sources', { params: { query: { limit: most } } }, only)) ?? [];
  const register = queries.useMutation('post', '/api/exchange/partners', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const submit = ({ card, ...rest }: Written) => {
    const read = cardOf(card);
    if (read) register.mutate({ body: { ...rest, card: read } });
  };
  const named = (all: { id: string; code: string; nameZh: string; nameEn?: string }[]) => all.map(({ id, code, nameZh, nameEn }) => ({ value: id, label: `${text({ zh: nameZh, en: nameEn || nameZh })} · ${code}` }));
  const one = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: () => (getFieldValue('recipient') || getFieldValue('source') ? Promise.resolve() : Promise.reject(new Error(t('register.one')))),
  });
  return (
    <FormDialog<Written>
      title={t('register.title')}
      lead={t('register.lead')}
      submit={t('register.submit')}
      width={680}
      busy={register.isPending}
      error={fault(register.error)}
      initial={{ until: dayjs().startOf('minute').add(1, 'year').toISOString() }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="card" label={t('register.card')} extra={t('register.cardHint')} rules={[{ required: true, message: t('required') }, { validator: (_, pasted: string) => (!pasted || cardOf(pasted) ? Promise.resolve() : Promise.reject(new Error(t('register.noCard')))) }]}>
        <Input.TextArea rows={6} spellCheck={false} />
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="recipient" label={t('register.recipient')} extra={t('register.recipientHint')} rules={[one]}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={named(recipients.filter(({ state }) => state === 'live'))} />
        </Form.Item>
        <Form.Item name="source" label={t('register.source')} extra={t('register.sourceHint')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={named(sources.filter(({ state }) => state === 'live'))} />
        </Form.Item>
      </div>
      <Form.Item noStyle dependencies={['recipient']}>
        {({ getFieldValue }) =>
          Boolean(getFieldValue('recipient')) && (
            <Form.Item name="credential" label={t('register.credential')} extra={t('register.credentialHint')} rules={[{ required: true, message: t('required') }]}>
              <Input.Password autoComplete="new-password" maxLength={400} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="onwards" valuePropName="checked" extra={t('register.onwardsHint')}>
        <Checkbox>{t('register.onwards')}</Checkbox>
      </Form.Item>
      <Form.Item name="until" htmlFor="partner-until" label={t('column.until')} rules={[{ required: true, message: t('required') }]}>
        <MomentInput id="partner-until" />
      </Form.Item>
    </FormDialog>
  );
}
