import { CalendarOutlined, CloseCircleFilled, CloseOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableAddress } from './address';
import type { Filter } from './column';
import styles from './DataTable.module.css';

const Period = lazy(() => import('./Period'));

interface FiltersProps {
  filters: Filter[];
  address: TableAddress;
}

export function Filters({ filters, address }: FiltersProps) {
  const { t } = useTranslation('kit');
  const active = Object.keys(address.filters).length > 0;
  return (
    <div className={styles.filters} role="search">
      {filters.map((filter) => (
        <FilterControl key={filter.kind === 'period' ? filter.fromKey : filter.key} filter={filter} address={address} />
      ))}
      {active && (
        <Button type="text" icon={<CloseOutlined />} onClick={address.clearFilters}>
          {t('table.clearFilters')}
        </Button>
      )}
    </div>
  );
}

function FilterControl({ filter, address }: { filter: Filter; address: TableAddress }) {
  switch (filter.kind) {
    case 'text':
      return <TextFilter key={address.filters[filter.key] ?? ''} filter={filter} address={address} />;
    case 'choice':
      return <ChoiceFilter filter={filter} address={address} />;
    case 'period':
      return <PeriodFilter filter={filter} address={address} />;
  }
}

/** A button until somebody wants it: the calendar is large. */
function PeriodFilter({ filter, address }: { filter: Extract<Filter, { kind: 'period' }>; address: TableAddress }) {
  const from = address.filters[filter.fromKey];
  const to = address.filters[filter.toKey];
  const [wanted, setWanted] = useState(false);
  const closed = (
    <Button icon={<CalendarOutlined />} onClick={() => setWanted(true)}>
      {filter.label}
    </Button>
  );
  if (!wanted && !from && !to) return closed;
  return (
    <Suspense fallback={closed}>
      <Period
        label={filter.label}
        from={from}
        to={to}
        wanted={wanted}
        onClose={() => setWanted(false)}
        onChange={(first, last) => address.setFilters({ [filter.fromKey]: first, [filter.toKey]: last })}
      />
    </Suspense>
  );
}

/** Asks when Enter is pressed or the field is left, not at every letter: each question is an act. */
function TextFilter({ filter, address }: { filter: Extract<Filter, { kind: 'text' }>; address: TableAddress }) {
  const { t } = useTranslation('kit');
  const kept = address.filters[filter.key] ?? '';
  const [text, setText] = useState(kept);
  const ask = () => {
    if (text.trim() !== kept) address.setFilter(filter.key, text.trim());
  };
  return (
    <Input
      aria-label={filter.label}
      placeholder={filter.label}
      prefix={<SearchOutlined />}
      allowClear={{ clearIcon: <CloseCircleFilled aria-label={t('table.clear')} /> }}
      style={{ width: filter.width ?? '220px' }}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onClear={() => address.setFilter(filter.key, undefined)}
      onPressEnter={ask}
      onBlur={ask}
    />
  );
}

function ChoiceFilter({ filter, address }: { filter: Extract<Filter, { kind: 'choice' }>; address: TableAddress }) {
  const kept = address.filters[filter.key];
  const shared = { 'aria-label': filter.label, placeholder: filter.label, allowClear: true, options: filter.options, popupMatchSelectWidth: false };
  if (filter.many) {
    return (
      <Select
        {...shared}
        mode="multiple"
        maxTagCount="responsive"
        style={{ minWidth: 150, maxWidth: 260 }}
        value={kept ? kept.split(',') : []}
        onChange={(values: string[]) => address.setFilter(filter.key, values.join(','))}
      />
    );
  }
  return (
    <Select
      {...shared}
      style={{ minWidth: 120 }}
      value={kept}
      onChange={(value: string | undefined) => address.setFilter(filter.key, value)}
    />
  );
}
