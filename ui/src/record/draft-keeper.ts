import { api, type Schemas } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { Saving } from './SaveState';

type Writing = Schemas['RecordWriting'];

/** A draft as it stands on the server, or as it will when it is first saved. */
export interface DraftPlace {
  patient: string;
  document?: string;
  base?: number;
  id?: string;
  rev?: number;
}

/** What a page shows of its draft. The id is absent until it was first saved. */
export interface DraftState {
  saving: Saving;
  id: string | undefined;
}

const pause = 1_200;
const again = 8_000;
const unauthenticated = 401;

/**
 * Keeps writing on the server, a moment after the last letter. What could not
 * be saved stays here and is saved once the server answers again.
 */
export class DraftKeeper {
  private state: DraftState;
  private rev: number;
  private pending: Writing | undefined;
  private sending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly place: DraftPlace) {
    this.state = { saving: { state: 'clean' }, id: place.id };
    this.rev = place.rev ?? 0;
  }

  readonly snapshot = (): DraftState => this.state;

  readonly subscribe = (listen: () => void): (() => void) => {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  };

  write(writing: Writing): void {
    this.pending = writing;
    const { saving } = this.state;
    const stuck = saving.state === 'unsaved' && saving.why !== 'typing';
    if (!stuck) this.show({ state: 'unsaved', why: 'typing' });
    this.saveIn(pause);
  }

  /** Tries at once what waits, for instance because somebody signed in again. */
  retry(): void {
    if (this.pending) this.saveIn(0);
  }

  /** Keeps what stands here in the place of what was saved elsewhere. */
  async overwrite(): Promise<void> {
    const { data } = await api.GET('/api/drafts/{id}', { params: { path: { id: this.state.id ?? '' } } });
    if (!data) return;
    this.rev = data.rev;
    this.retry();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private saveIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), milliseconds);
  }

  private async save(): Promise<void> {
    const writing = this.pending;
    if (!writing || this.sending) return;
    this.sending = true;
    this.show({ state: 'saving' });
    const { id, rev, why } = await this.send(writing);
    this.sending = false;
    if (why) {
      this.show({ state: 'unsaved', why });
      if (why === 'offline' || why === 'failed') this.saveIn(again);
      return;
    }
    this.rev = rev;
    this.state = { ...this.state, id };
    if (this.pending !== writing) {
      this.show({ state: 'unsaved', why: 'typing' });
      this.saveIn(pause);
      return;
    }
    this.pending = undefined;
    this.show({ state: 'saved', at: new Date().toISOString() });
  }

  private async send(writing: Writing) {
    const { patient, document, base } = this.place;
    try {
      const { data, error } = await api.POST('/api/drafts', { body: { id: this.state.id, rev: this.rev, patient, document, base, writing } });
      return data ? { ...data, why: undefined } : { id: undefined, rev: 0, why: reason(error) };
    } catch {
      return { id: undefined, rev: 0, why: 'offline' as const };
    }
  }

  private show(saving: Saving): void {
    this.state = { ...this.state, saving };
    this.listeners.forEach((listen) => listen());
  }
}

function reason(error: unknown): 'expired' | 'conflict' | 'failed' {
  if (!isProblem(error)) return 'failed';
  if (error.status === unauthenticated) return 'expired';
  return error.code === 'record.changed' ? 'conflict' : 'failed';
}
