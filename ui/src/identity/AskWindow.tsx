import { App, Button, Form, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries, type Schemas } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { PersonPicker } from '@/staff/PersonPicker';

type Asked = Schemas['IdentityNewWindow'];

const reasons = ['incident', 'maintenance', 'deadline', 'on-call'] as const;
const mostDays = 7;

/** Asks that somebody may sign in outside his hours for a time. */
export function AskWindow({ forAnother }: { forAnother: boolean }) {
  const { t } = useTranslation('identity');
  const { message } = App.useApp();
  const fault = useFault();
  const [now, setNow] = useState<dayjs.Dayjs>();
  const ask = queries.useMutation('post', '/api/identity/windows', {
    onSuccess: async () => {
      setNow(undefined);
      void message.success(t('windows.sent'));
      await cache.invalidateQueries();
    },
  });
  const must = [{ required: true, message: t('rules.must') }];
  return (
    <>
      <Button onClick={() => setNow(dayjs())}>{t('windows.ask')}</Button>
      {now && (
        <FormDialog<Asked>
          title={t('windows.ask')}
          lead={t('windows.askLead')}
          submit={t('windows.send')}
          busy={ask.isPending}
          error={fault(ask.error)}
          initial={{ why: 'incident', since: now.toISOString(), until: now.add(4, 'hour').toISOString() }}
          onSubmit={(body) => ask.mutate({ body })}
          onClose={() => setNow(undefined)}
        >
          {forAnother && (
            <Form.Item name="person" label={t('windows.person')} extra={t('windows.personNote')}>
              <PersonPicker id="window-person" />
            </Form.Item>
          )}
          <Form.Item name="why" label={t('windows.reason')} htmlFor="window-why" rules={must}>
            <Select id="window-why" options={reasons.map((value) => ({ value, label: t(`windows.why.${value}`) }))} />
          </Form.Item>
          <Form.Item name="since" label={t('windows.since')} htmlFor="window-since" rules={must}>
            <MomentInput id="window-since" max={now.add(mostDays, 'day').toISOString()} />
          </Form.Item>
          <Form.Item name="until" label={t('windows.until')} htmlFor="window-until" rules={must}>
            <MomentInput id="window-until" min={now.toISOString()} />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
