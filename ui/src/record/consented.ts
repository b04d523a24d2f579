import { isProblem } from '@/api/problem';

export const emergencies = ['rescue', 'incapable', 'reporting', 'other'] as const;
export type Emergency = (typeof emergencies)[number];

/** Whether something was not saved because the patient has not agreed to it in writing. */
export const lacksConsent = (error: unknown): boolean => isProblem(error) && error.code === 'record.consent-needed';
