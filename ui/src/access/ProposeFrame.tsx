import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { MomentInput } from '@/kit/MomentInput';
import { useTerm } from '@/language/terms';
import { useText } from '@/language/text';
import type { Instant } from '@/language/time';
import type { Departments } from '@/staff/departments';
import { rolesShown } from '@/staff/roles-shown';
import type { Framed } from './frame';
import { useFrameWords } from './use-frame-words';

interface Wanted {
  verbs?: string[];
  purposes?: string[];
  forms?: string[];
  places?: string[];
  roles?: string[];
  level?: number | null;
  days?: number | null;
  roleDays?: number | null;
  since?: Instant;
}

/** A limit as a field shows it: empty for none. */
const limited = (limit: number | undefined) => (limit === undefined || limit === 0 ? null : limit);

/** Proposes the frame of a department, or of the house; another person agrees. */
export default function ProposeFrame({ framed, departments, onClose }: { framed: Framed; departments: Departments; onClose: () => void }) {
  const { t } = useTranslation('access');
  const text = useText();
  const term = useTerm();
  const fault = useFault();
  const { act } = useFrameWords(departments);
  const choices = queries.useQuery('get', '/api/grant-choices', {}, { staleTime: Infinity });
  const propose = queries.useMutation('post', '/api/frames', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  const several = (name: keyof Wanted, options: { value: string; label: string }[] | undefined) => (
    <Form.Item name={name} label={t(`frames.${name as 'verbs'}`)}>
      <Select mode={options ? 'multiple' : 'tags'} allowClear placeholder={t('frames.any')} {...(options && { options, showSearch: { optionFilterProp: 'label' } })} />
    </Form.Item>
  );
  const { verbs, purposes, forms, places, roles, level, days, roleDays } = framed.inForce ?? framed.from ?? {};
  return (
    <FormDialog<Wanted>
      title={t('frames.changeOf', { name: text(framed.name) })}
      lead={t('frames.changeLead')}
      submit={t('authorities.propose')}
      width={600}
      busy={propose.isPending}
      error={fault(propose.error)}
      initial={{ verbs: verbs ?? [], purposes: purposes ?? [], forms: forms ?? [], places: places ?? [], roles: roles ?? [], level: limited(level), days: limited(days), roleDays: limited(roleDays) }}
      onSubmit={({ since, level: highest, days: longest, roleDays: longestRole, ...lists }) =>
        propose.mutate({
          body: {
            ...lists,
            ...(framed.department && { department: framed.department }),
            ...(since && { since }),
            level: highest ?? 0,
            days: longest ?? 0,
            roleDays: longestRole ?? 0,
          },
        })
      }
      onClose={onClose}
    >
      {several('verbs', (choices.data?.verbs ?? []).map((value) => ({ value, label: act(value) })))}
      {several('purposes', (choices.data?.purposes ?? []).map(({ id, name }) => ({ value: id, label: text(name) })))}
      {several('places', Object.entries(departments).map(([value, name]) => ({ value, label: text(name) })))}
      {several('forms', undefined)}
      {several('roles', rolesShown.map((value) => ({ value, label: term('role', value) })))}
      <Form.Item name="level" label={t('frames.level')}>
        <InputNumber min={1} max={5} placeholder={t('frames.any')} />
      </Form.Item>
      <Form.Item name="days" label={t('frames.days')}>
        <InputNumber min={1} max={3660} placeholder={t('frames.any')} />
      </Form.Item>
      <Form.Item name="roleDays" label={t('frames.roleDays')}>
        <InputNumber min={1} max={3660} placeholder={t('frames.any')} />
      </Form.Item>
      <Form.Item name="since" label={t('frames.sinceLong')} extra={t('frames.sinceHint')}>
        <MomentInput id="since" />
      </Form.Item>
    </FormDialog>
  );
}
