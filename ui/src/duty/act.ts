import { api } from '@/api/client';
import type { Said } from './said';
import type { Verb } from './task';

/** Acts upon a task; what the server refuses is thrown as its problem document. */
export async function actUpon(task: string, verb: Verb, { words, person, until, grant }: Said): Promise<void> {
  const params = { path: { id: task } };
  const said = words?.trim() ? { words: words.trim() } : {};
  const { error } = await {
    take: () => api.POST('/api/duty/tasks/{id}/take', { params }),
    done: () => api.POST('/api/duty/tasks/{id}/done', { params, body: said }),
    return: () => api.POST('/api/duty/tasks/{id}/return', { params, body: said }),
    delegate: () => api.POST('/api/duty/tasks/{id}/delegate', { params, body: { person: person ?? '', ...said } }),
    'ask-extension': () => api.POST('/api/duty/tasks/{id}/ask-extension', { params, body: { until: until ?? '', words: words ?? '' } }),
    'grant-extension': () => api.POST('/api/duty/tasks/{id}/grant-extension', { params, body: { grant: grant === true, ...(grant && until && { until }), ...said } }),
    pause: () => api.POST('/api/duty/tasks/{id}/pause', { params, body: said }),
    resume: () => api.POST('/api/duty/tasks/{id}/resume', { params }),
    cancel: () => api.POST('/api/duty/tasks/{id}/cancel', { params, body: said }),
  }[verb]();
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem document, as the library throws it
  if (error) throw error;
}
