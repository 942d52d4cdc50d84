import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What probes are told. */
export interface Told {
  readonly started: boolean;
  readonly ready: boolean;
  /** When it was said, milliseconds since 1970. */
  readonly at: number;
}

/** Pause between two signs of life, and the age at which there is none, milliseconds. */
const BEAT_MS = 5_000;
export const DEAD_MS = 60_000;

/** The file by which the loader tells its probes how it is: it listens on no address. */
export class State {
  private told = { started: false, ready: false };
  private readonly timer: NodeJS.Timeout;

  /** What a loader before this said is forgotten. @throws where the volume cannot be written */
  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.write();
    this.timer = setInterval(() => {
      this.write();
    }, BEAT_MS).unref();
  }

  tell(told: Partial<Omit<Told, 'at'>>): void {
    this.told = { ...this.told, ...told };
    this.write();
  }

  get isReady(): boolean {
    return this.told.ready;
  }

  end(): void {
    clearInterval(this.timer);
    rmSync(this.file, { force: true });
  }

  private write(): void {
    const unfinished = `${this.file}.unfinished`;
    writeFileSync(unfinished, JSON.stringify({ ...this.told, at: Date.now() } satisfies Told));
    renameSync(unfinished, this.file);
  }
}
