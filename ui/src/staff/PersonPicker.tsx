import { Select, type SelectProps } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useText } from '@/language/text';

type PersonPickerProps = Pick<SelectProps, 'value' | 'onChange' | 'id' | 'mode' | 'aria-label'>;

const shown = 20;

/** Chooses people by part of a name, its pinyin or the staff number; the value is their id. */
export function PersonPicker(props: PersonPickerProps) {
  const { t } = useTranslation('staff');
  const text = useText();
  const [typed, setTyped] = useState('');
  const asked = useDeferredValue(typed.trim());
  const found = queries.useQuery('get', '/api/persons', { params: { query: { text: asked, limit: shown } } }, { placeholderData: keepPreviousData });
  return (
    <Select
      {...props}
      allowClear
      loading={found.isFetching}
      placeholder={t('filter.text')}
      notFoundContent={t('empty')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={(found.data?.items ?? []).map(({ id, name, number }) => ({ value: id, label: `${text(name)} ${number}` }))}
    />
  );
}
