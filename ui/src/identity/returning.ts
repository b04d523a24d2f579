/** Remembers in this tab that what a provider says is to be bound to the account, and not to sign in. */
export const bindsKey = 'medward.binds';
