import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Page } from '@/app/Page';
import { PageHead } from '@/kit/PageHead';
import { Export } from '@/kit/table/Export';
import { Panel } from '@/kit/Panel';
import { Pill } from '@/kit/Pill';
import { useTerm } from '@/language/terms';
import { useRow, useText } from '@/language/text';
import { rolesShown } from '@/staff/roles-shown';
import styles from './Policy.module.css';

/** A rule with its lists, which the API may leave out. */
export type Rule = Omit<Schemas['AccessRule'], 'roles' | 'verbs' | 'demands'> & { roles: string[]; verbs: string[]; demands: string[] };

/** Every rule that holds now, in words, narrowed by what is looked for. */
export function RulesPage({ rules }: { rules: Rule[] }) {
  const { t } = useTranslation('policy');
  const term = useTerm();
  const [sought, setSought] = useState('');
  const [role, setRole] = useState<string>();
  const [verb, setVerb] = useState<string>();
  const [source, setSource] = useState<'own' | 'delivered'>();
  const words = useDeferredValue(sought.trim().toLowerCase());
  const verbs = useMemo(() => [...new Set(rules.flatMap((rule) => rule.verbs))].sort(), [rules]);
  const shown = rules.filter(
    (rule) =>
      (!words || told(rule).includes(words)) &&
      (!role || rule.roles.length === 0 || rule.roles.includes(role)) &&
      (!verb || rule.verbs.includes(verb)) &&
      (!source || isOwn(rule) === (source === 'own')),
  );
  return (
    <Page>
      <PageHead title={t('rules.title')} lead={t('rules.lead')} actions={<Export list="matrix" filter={{}} />} />
      <div className={styles.narrow}>
        <Input allowClear prefix={<SearchOutlined />} placeholder={t('rules.search')} aria-label={t('rules.search')} value={sought} onChange={(event) => setSought(event.target.value)} />
        <Select allowClear placeholder={t('rules.role')} aria-label={t('rules.role')} value={role} onChange={setRole} showSearch={{ optionFilterProp: 'label' }} options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
        <Select allowClear placeholder={t('rules.verb')} aria-label={t('rules.verb')} value={verb} onChange={setVerb} showSearch options={verbs.map((value) => ({ value, label: value }))} />
        <Select
          allowClear
          placeholder={t('rules.source')}
          aria-label={t('rules.source')}
          value={source}
          onChange={setSource}
          options={[
            { value: 'own', label: t('rules.own') },
            { value: 'delivered', label: t('rules.delivered') },
          ]}
        />
      </div>
      <p className={styles.note} role="status">
        {t('rules.count', { count: shown.length })}
      </p>
      <Panel flush>
        {shown.length === 0 ? <p className={styles.empty}>{t('rules.empty')}</p> : <ul className={styles.rules}>{shown.map((rule) => <Told key={rule.id} rule={rule} />)}</ul>}
      </Panel>
    </Page>
  );
}

function Told({ rule }: { rule: Rule }) {
  const { t } = useTranslation('policy');
  const text = useText();
  const term = useTerm();
  const row = useRow();
  const remedy = text(rule.remedy);
  return (
    <li className={styles.rule}>
      <div className={styles.sentence}>
        <Pill tone={rule.effect === 'permit' ? 'success' : 'error'}>{t(`rules.${rule.effect}`)}</Pill>
        {isOwn(rule) && <Pill tone="info">{t('rules.own')}</Pill>}
        <strong>{text(rule.sentence)}</strong>
      </div>
      {remedy && <p>{t('rules.remedy', { text: remedy })}</p>}
      <p className={styles.note}>
        {rule.roles.length > 0 ? row(rule.roles.map((one) => (one === 'person' ? t('rules.anyStaff') : term('role', one)))) : t('rules.everybody')}
        {rule.demands.length > 0 && ` · ${rule.demands.join(' ')}`}
      </p>
      <details>
        <summary>
          <code>{rule.id}</code>
        </summary>
        <pre className={styles.cedar} aria-label={t('rules.text')}>
          {rule.text}
        </pre>
      </details>
    </li>
  );
}

const isOwn = ({ id }: Rule) => id.startsWith('local.');

const told = ({ id, sentence, remedy, verbs, demands }: Rule) => [id, sentence.zh, sentence.en, remedy.zh, remedy.en, ...verbs, ...demands].join(' ').toLowerCase();
