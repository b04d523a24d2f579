import { Button, Checkbox, Form, Input, InputNumber, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Notice } from '@/kit/Notice';
import { Panel } from '@/kit/Panel';
import { useTerm } from '@/language/terms';
import { formatDay } from '@/language/time';
import { rolesShown } from '@/staff/roles-shown';
import styles from './RulesPage.module.css';

type Rules = Schemas['IdentityRules'];

export interface RulesPageProps {
  held: Schemas['IdentityRuleVersion'];
  busy: boolean;
  error: string | undefined;
  /** Absent where the reader only looks. */
  onSet: ((rules: Rules) => void) | undefined;
}

/** The numbers of each group, with the bounds that the server holds them to. */
const numbers = {
  password: { least: [8, 64], kinds: [1, 4], long: [12, 128], history: [0, 24], maxAge: [0, 3650], warn: [0, 90], grace: [0, 30] },
  account: { dormant: [0, 3650], postGrace: [0, 90] },
  session: { proveEvery: [1, 480] },
} as const satisfies Record<string, Record<string, readonly [number, number]>>;

type NumberName = keyof typeof numbers.password | keyof typeof numbers.account | keyof typeof numbers.session;

/** The rules of signing in that are in force, and for some the form that changes them. */
export function RulesPage({ held, busy, error, onSet }: RulesPageProps) {
  const { t } = useTranslation('identity');
  const term = useTerm();
  const { rules } = held;
  const hours = rules.hours ?? [];
  return (
    <Form<Rules> layout="vertical" initialValues={rules} disabled={!onSet} className={styles.form} onFinish={(changed) => onSet?.(merged(rules, changed))}>
      <p className={styles.version}>{held.version > 0 && held.made ? t('rules.version', { version: held.version, day: formatDay(held.made) }) : t('rules.delivered')}</p>
      {error && <Notice tone="error">{error}</Notice>}
      <Panel title={t('rules.groups.password')}>
        <Numbers group="password" />
      </Panel>
      <Panel title={t('rules.groups.factor')}>
        <Form.Item name={['factor', 'roles']} label={t('rules.roles')}>
          <Select mode="multiple" options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
        </Form.Item>
      </Panel>
      <Panel title={t('rules.groups.origin')}>
        <Form.Item name={['factor', 'origin']} label={t('rules.origin')} extra={t('rules.originNote')}>
          <Input placeholder="https://medward.example" maxLength={200} />
        </Form.Item>
      </Panel>
      <Panel title={t('rules.groups.account')}>
        <Numbers group="account" />
      </Panel>
      <Panel title={t('rules.groups.session')}>
        <Numbers group="session" />
        <Form.Item name={['session', 'concurrent']} label={t('rules.concurrent')}>
          <Select
            options={[
              { value: 'take-over', label: t('rules.takeOver') },
              { value: 'several', label: t('rules.several') },
            ]}
          />
        </Form.Item>
        <Form.Item name={['session', 'needKey']} valuePropName="checked" noStyle>
          <Checkbox>{t('rules.needKey')}</Checkbox>
        </Form.Item>
      </Panel>
      <Panel title={t('rules.groups.hours')}>
        <Form.List name="hours">
          {(rows, { add, remove }) => (
            <>
              {rows.length === 0 && <p>{t('rules.noHours')}</p>}
              {rows.map(({ key, name }) => (
                <HourRow key={key} name={name} person={hours[name]?.person} onRemove={onSet && (() => remove(name))} />
              ))}
              {onSet && <Button onClick={() => add({ from: '07:00', to: '20:00', remote: true })}>{t('rules.addHours')}</Button>}
            </>
          )}
        </Form.List>
      </Panel>
      {onSet && (
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('rules.submit')}
        </Button>
      )}
    </Form>
  );
}

/** One row of hours: of a role, or of a person whom the API was told. */
function HourRow({ name, person, onRemove }: { name: number; person: string | undefined; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation('identity');
  const term = useTerm();
  const must = [{ required: true, message: t('rules.must') }];
  return (
    <Space wrap align="start">
      {person ? (
        <Form.Item name={[name, 'person']} label={t('rules.person')}>
          <Input readOnly />
        </Form.Item>
      ) : (
        <Form.Item name={[name, 'role']} label={t('rules.role')} rules={must}>
          <Select style={{ width: 220 }} options={rolesShown.map((value) => ({ value, label: term('role', value) }))} />
        </Form.Item>
      )}
      <Form.Item name={[name, 'from']} label={t('rules.from')} rules={must}>
        <Input maxLength={5} />
      </Form.Item>
      <Form.Item name={[name, 'to']} label={t('rules.to')} rules={must}>
        <Input maxLength={5} />
      </Form.Item>
      <Form.Item name={[name, 'remote']} label={t('rules.remote')} valuePropName="checked">
        <Checkbox />
      </Form.Item>
      {onRemove && (
        <Form.Item label=" ">
          <Button onClick={onRemove}>{t('rules.removeHours')}</Button>
        </Form.Item>
      )}
    </Space>
  );
}

function Numbers({ group }: { group: keyof typeof numbers }) {
  const { t } = useTranslation('identity');
  return (
    <div className={styles.numbers}>
      {(Object.entries(numbers[group]) as [NumberName, readonly [number, number]][]).map(([name, [min, max]]) => (
        <Form.Item key={name} name={[group, name]} label={t(`rules.${name}`)} rules={[{ required: true, message: t('rules.must') }]}>
          <InputNumber min={min} max={max} precision={0} />
        </Form.Item>
      ))}
    </div>
  );
}

/** What the form does not show stays as it is. */
function merged(held: Rules, changed: Rules): Rules {
  return {
    ...held,
    password: { ...held.password, ...changed.password },
    factor: { ...held.factor, ...changed.factor },
    account: { ...held.account, ...changed.account },
    session: { ...held.session, ...changed.session },
    hours: changed.hours ?? [],
  };
}
