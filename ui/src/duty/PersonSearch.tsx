import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '@/api/client';
import { useText } from '@/language/text';

interface PersonSearchProps {
  id: string;
  value?: string;
  department?: string | undefined;
  onChange?: (person: string | undefined) => void;
}

/** Finds a colleague by name or staff number. */
export function PersonSearch({ id, value, department, onChange }: PersonSearchProps) {
  const { t } = useTranslation('duty');
  const text = useText();
  const [sought, setSought] = useState('');
  const people = queries.useQuery(
    'get',
    '/api/persons',
    { params: { query: { text: sought || undefined, department, limit: 20 } } },
    { enabled: sought !== '' || department !== undefined, staleTime: 60_000 },
  );
  return (
    <Select
      id={id}
      allowClear
      value={value}
      loading={people.isFetching}
      placeholder={t('seekPerson')}
      showSearch={{ filterOption: false, onSearch: (words) => setSought(words.trim()) }}
      options={(people.data?.items ?? []).map((person) => ({ value: person.id, label: `${text(person.name)} ${person.number}` }))}
      onChange={onChange}
    />
  );
}
