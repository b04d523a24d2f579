import { Checkbox, Form, Input, InputNumber, Radio, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { DigestField } from '@/kit/DigestField';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { Notice } from '@/kit/Notice';
import { formatDay } from '@/language/time';
import { useTitles } from '@/record/titles';
import { holds, type Handed, type Handover, type SeenCase } from './case';
import styles from './Sharing.module.css';

interface Asked {
  manner: Handover['manner'];
  documents: string[];
  pages?: Record<string, number>;
  medium?: string;
  format?: 'html' | 'pdf';
  copies?: number;
  receipt?: string;
  returnBy?: string;
}

/** Shows documents of the scope under supervision, or makes stamped copies of them. */
export default function HandOver({ one, onHanded, onClose }: { one: SeenCase; onHanded: (handed: Handed) => void; onClose: () => void }) {
  const { t } = useTranslation('sharing');
  const fault = useFault();
  const listing = queries.useInfiniteQuery('get', '/api/patients/{id}/documents', { params: { path: { id: one.patient }, query: { limit: most } } }, { ...onwards, retry: false });
  const readable = useWhole(listing);
  const inScope = readable?.filter((line) => holds(one.scope, line));
  const handOver = queries.useMutation('post', '/api/sharing/cases/{id}/hand-over', { onSuccess: onHanded });
  const submit = ({ manner, documents, pages, medium, format, copies, receipt, returnBy }: Asked) =>
    handOver.mutate({
      params: { path: { id: one.id } },
      body: { manner, documents, format: format ?? 'html', copies: copies ?? 1, ...(manner === 'copied' && { ...(medium && { medium }), ...(pages && { pages }), ...(receipt && { receipt }), ...(returnBy && { returnBy }) }) },
    });
  return (
    <FormDialog<Asked>
      title={t('handing.title')}
      lead={t('handing.lead')}
      submit={t('do.hand-over')}
      width={600}
      busy={handOver.isPending}
      error={fault(handOver.error ?? listing.error)}
      initial={{ manner: one.scope.copies ? 'copied' : 'viewed', medium: t('handing.mediumUsual') }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="manner" label={t('handing.manner')}>
        <Radio.Group options={(['viewed', 'copied'] as const).map((value) => ({ value, label: t(`manner.${value}`), disabled: value === 'copied' && !one.scope.copies }))} />
      </Form.Item>
      {inScope?.length === 0 ? (
        <Notice tone="warning">{t('handing.none')}</Notice>
      ) : (
        <Form.Item name="documents" label={t('handing.documents')} extra={t('handing.outside')} rules={[{ validator: (_, chosen?: string[]) => (chosen?.length ? Promise.resolve() : Promise.reject(new Error(t('handing.needed')))) }]}>
          <Checkbox.Group className={styles.sheets} options={(inScope ?? []).map((line) => ({ value: line.id, label: <Line line={line} /> }))} />
        </Form.Item>
      )}
      <Copies lines={inScope ?? []} />
    </FormDialog>
  );
}

interface ScopeLine {
  id: string;
  kind: string;
  title: string;
  at: string;
}

function Line({ line }: { line: ScopeLine }) {
  const { ofDocument } = useTitles();
  return `${ofDocument(line)} ${formatDay(line.at)}`;
}

/** What is asked for when something leaves: how many pages, on what, signed for, and until when. */
function Copies({ lines }: { lines: ScopeLine[] }) {
  const { t } = useTranslation('sharing');
  const manner = Form.useWatch<Asked['manner'] | undefined>('manner');
  const chosen = Form.useWatch<string[] | undefined>('documents');
  const { ofDocument } = useTitles();
  if (manner !== 'copied') return null;
  const needed = { required: true, message: t('required') };
  return (
    <>
      {lines
        .filter(({ id }) => chosen?.includes(id))
        .map((line) => (
          <div key={line.id} className={styles.sheet}>
            <span>{`${ofDocument(line)} · ${t('handing.pages')}`}</span>
            <Form.Item name={['pages', line.id]} initialValue={1} noStyle>
              <InputNumber min={1} max={9999} precision={0} aria-label={`${ofDocument(line)} ${t('handing.pages')}`} />
            </Form.Item>
          </div>
        ))}
      <div className={styles.pair}>
        <Form.Item name="format" label={t('handing.format')} initialValue="html">
          <Segmented options={(['html', 'pdf'] as const).map((value) => ({ value, label: t(`handing.formats.${value}`) }))} />
        </Form.Item>
        <Form.Item name="copies" label={t('handing.copies')} initialValue={1}>
          <InputNumber min={1} max={20} precision={0} />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        <Form.Item name="medium" label={t('handing.medium')} rules={[needed]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="returnBy" htmlFor="return-by" label={t('handing.returnBy')}>
          <MomentInput id="return-by" min={new Date().toISOString()} />
        </Form.Item>
      </div>
      <Form.Item name="receipt" label={t('handing.receipt')} rules={[needed]}>
        <DigestField label={t('handing.receipt')} />
      </Form.Item>
    </>
  );
}
