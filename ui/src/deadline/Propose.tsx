import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { Notice } from '@/kit/Notice';
import { useText } from '@/language/text';
import { levels, type Requirement } from './deadline';
import styles from './Deadline.module.css';

interface Asked {
  why: string;
  since?: string;
}

/** Proposes another set: limits and what is mandatory are changed in place, what is not wanted is left out. */
export default function Propose({ begin, onClose }: { begin: Requirement[]; onClose: () => void }) {
  const { t } = useTranslation('deadline');
  const text = useText();
  const fault = useFault();
  const [all, setAll] = useState(begin);
  const preview = queries.useMutation('post', '/api/deadlines/sets/preview');
  const propose = queries.useMutation('post', '/api/deadlines/sets', {
    onSuccess: async () => {
      await cache.invalidateQueries();
      onClose();
    },
  });
  const change = (key: string, how: Partial<Requirement>) => {
    preview.reset();
    setAll((before) => before.map((one) => (one.key === key ? { ...one, ...how } : one)));
  };
  return (
    <FormDialog<Asked>
      title={t('sets.propose')}
      lead={t('sets.proposeLead')}
      submit={t('sets.propose')}
      width={760}
      busy={propose.isPending}
      error={fault(propose.error ?? preview.error)}
      onSubmit={({ why, since }) => propose.mutate({ body: { requirements: all, why, ...(since && { since }) } })}
      onClose={onClose}
    >
      <div className={styles.requirements}>
        {all.map(({ key, nameZh, nameEn, limit, every, mandatory }) => {
          const name = text({ zh: nameZh, en: nameEn });
          return (
            <div key={key} className={styles.requirement}>
              <span>{name}</span>
              {every ? (
                levels.filter((level) => every[level] !== undefined).map((level) => (
                  <Input key={level} size="small" prefix={t(`level.${level}`)} aria-label={`${name} ${t(`level.${level}`)}`} value={every[level] ?? ''} onChange={(event) => change(key, { every: { ...every, [level]: event.target.value } })} />
                ))
              ) : (
                <Input size="small" aria-label={`${name} ${t('sets.limit')}`} value={limit ?? ''} onChange={(event) => change(key, { limit: event.target.value })} />
              )}
              <Checkbox checked={mandatory} onChange={(event) => change(key, { mandatory: event.target.checked })}>
                {t('sets.must')}
              </Checkbox>
            </div>
          );
        })}
      </div>
      <p className={styles.note}>{t('sets.limitHelp')}</p>
      <Button size="small" loading={preview.isPending} onClick={() => preview.mutate({ body: { requirements: all } })}>
        {t('sets.preview')}
      </Button>
      {preview.data && <Notice>{t('sets.effect', preview.data)}</Notice>}
      <Form.Item name="since" label={t('sets.since')} extra={t('sets.sinceHelp')}>
        <MomentInput id="since" />
      </Form.Item>
      <Form.Item name="why" label={t('sets.why')} rules={[{ required: true, message: t('required') }]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
