import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { Notice } from '@/kit/Notice';
import type { SeenCase } from './case';
import { grounds, itemsOf, saidOf, type Said, type Sayings } from './masking';
import styles from './Sharing.module.css';

type Outlined = Schemas['SharingOutlined'];
type Heading = NonNullable<Outlined['headings']>[number];

/** Says item by item what is disclosed beyond the minimum and what is masked, and why. */
export default function FixMasking({ one, onClose }: { one: SeenCase; onClose: () => void }) {
  const { t } = useTranslation('sharing');
  const fault = useFault();
  const found = queries.useQuery('get', '/api/sharing/cases/{id}/items', { params: { path: { id: one.id } } }, { retry: false });
  const fix = queries.useMutation('post', '/api/sharing/cases/{id}/masking', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const documents = found.data?.items ?? [];
  if (!found.data && !found.error) return null;
  return (
    <FormDialog<{ said: Sayings }>
      title={t('masking.title')}
      lead={t('masking.lead')}
      submit={t('masking.submit')}
      width={760}
      busy={fix.isPending}
      error={fault(found.error) ?? fault(fix.error)}
      initial={{ said: saidOf(documents) }}
      onSubmit={({ said }) => fix.mutate({ params: { path: { id: one.id } }, body: { items: itemsOf(documents, said) } })}
      onClose={onClose}
    >
      {found.data?.more && <Notice tone="warning">{t('masking.more')}</Notice>}
      {documents.length === 0 && <p>{t('masking.none')}</p>}
      {documents.map((document, place) => (
        <fieldset key={document.document} className={styles.masking}>
          <legend>{document.title}</legend>
          {(document.headings ?? []).map((heading, at) => (
            <HeadingFields key={heading.section} heading={heading} name={['said', place, at]} />
          ))}
        </fieldset>
      ))}
    </FormDialog>
  );
}

function HeadingFields({ heading, name }: { heading: Heading; name: (string | number)[] }) {
  const { t } = useTranslation('sharing');
  const said = Form.useWatch<Said | undefined>(name);
  const needed = { required: true, message: t('required') };
  const ruling = said?.ruling ?? 'usual';
  const label = heading.title || heading.section;
  return (
    <div className={styles.ruling}>
      <span>{label}</span>
      <Form.Item name={[...name, 'ruling']} initialValue="usual">
        <Select
          aria-label={t('masking.rulingOf', { title: label })}
          options={[
            { value: 'usual', label: t(heading.minimal ? 'masking.kept' : 'masking.stripped') },
            { value: 'disclose', label: t('masking.disclose') },
            { value: 'mask', label: t('masking.mask') },
          ]}
        />
      </Form.Item>
      {ruling !== 'usual' && (
        <>
          <Form.Item name={[...name, 'ground']} rules={[needed]}>
            <Select aria-label={t('masking.ground')} placeholder={t('masking.ground')} options={grounds[ruling].map((ground) => ({ value: ground, label: t(`ground.${ground}`) }))} />
          </Form.Item>
          <Form.Item name={[...name, 'words']} rules={[needed]}>
            <Input aria-label={t('masking.words')} placeholder={t('masking.words')} maxLength={500} />
          </Form.Item>
          {ruling === 'disclose' && (
            <Form.Item name={[...name, 'phrases']} className={styles.phrases}>
              <Select mode="tags" open={false} aria-label={t('masking.phrases')} placeholder={t('masking.phrases')} />
            </Form.Item>
          )}
        </>
      )}
    </div>
  );
}
