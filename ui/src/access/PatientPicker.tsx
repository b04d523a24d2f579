import { Button, Input, Select, Space } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import styles from './PatientPicker.module.css';

interface PatientPickerProps {
  /** The id of the patient who is chosen. */
  value?: string | undefined;
  onChange?: (patient: string | undefined, name: string) => void;
  label: string;
}

/** Finds a patient by an exact identifier; what is shown is masked. */
export function PatientPicker({ value, onChange, label }: PatientPickerProps) {
  const { t } = useTranslation('access');
  const { t: p } = useTranslation('patient');
  const fault = useFault();
  const [typed, setTyped] = useState('');
  const locate = queries.useMutation('post', '/api/patients/locate');
  const cards = locate.data?.cards ?? [];
  const nameOf = (id: string) => {
    const card = cards.find((one) => one.id === id);
    return card ? `${card.name} ${card.born}` : '';
  };
  const find = () => {
    if (!typed.trim()) return;
    locate.mutate(
      { body: { identifier: typed.trim() } },
      {
        onSuccess: ({ cards: found }) => {
          const only = found?.length === 1 ? found[0] : undefined;
          onChange?.(only?.id, only ? `${only.name} ${only.born}` : '');
        },
      },
    );
  };
  const onEnter = (event: KeyboardEvent) => {
    event.preventDefault();
    find();
  };
  return (
    <div>
      <Space.Compact block>
        <Input value={typed} aria-label={label} placeholder={p('locate.identifier')} onChange={(event) => setTyped(event.target.value)} onPressEnter={onEnter} />
        <Button loading={locate.isPending} onClick={find}>
          {t('pick.find')}
        </Button>
      </Space.Compact>
      {cards.length > 1 && <Select className={styles.many} value={value} aria-label={label} options={cards.map(({ id }) => ({ value: id, label: nameOf(id) }))} onChange={(id: string) => onChange?.(id, nameOf(id))} />}
      {cards.length === 1 && <p className={styles.found}>{t('pick.found', { name: nameOf(cards[0]?.id ?? '') })}</p>}
      <p className={styles.fault} role="alert">
        {locate.data && cards.length === 0 && t('pick.nobody')}
        {fault(locate.error)}
      </p>
    </div>
  );
}
