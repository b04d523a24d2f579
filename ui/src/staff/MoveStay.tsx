import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { FormDialog } from '@/kit/FormDialog';
import { DayField } from './DayField';
import type { Stay } from './stay';

/** Gives a stay another end; beyond its programme only with a new end of the programme. */
export default function MoveStay({ stay, onClose }: { stay: Stay; onClose: () => void }) {
  const { t } = useTranslation('staff');
  const fault = useFault();
  const move = queries.useMutation('post', '/api/stays/{id}/until', {
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries();
    },
  });
  return (
    <FormDialog<{ until: Dayjs; programme: Dayjs }>
      title={t('stays.move')}
      submit={t('stays.moveSubmit')}
      busy={move.isPending}
      error={fault(move.error)}
      initial={{ until: dayjs(stay.until), programme: dayjs(stay.programme) }}
      onSubmit={({ until, programme }) =>
        move.mutate({
          params: { path: { id: stay.id } },
          body: {
            until: until.endOf('day').toISOString(),
            ...(programme.isAfter(dayjs(stay.programme), 'day') && { programme: programme.endOf('day').toISOString() }),
          },
        })
      }
      onClose={onClose}
    >
      <DayField name="until" label={t('stays.until')} least={dayjs()} />
      <DayField name="programme" label={t('stays.programme')} least={dayjs(stay.programme)} hint={t('stays.programmeHint')} />
    </FormDialog>
  );
}
