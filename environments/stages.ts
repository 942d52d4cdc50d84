import type { EnvironmentInput } from '../schema/environment';

type Stages = EnvironmentInput['pipelines'][number]['stages'];

/**
 * What the pipelines of every environment run, as commands of the image that their jobs are of: an image is tried in staging with the
 * stages that it has in production.
 */
export const STAGES = {
  video: [
    { name: 'segment', command: ['segment-video'] },
    { name: 'classify-frames', command: ['classify-frames'] },
    { name: 'read-slides', command: ['read-slides'] },
  ],
  audio: [
    { name: 'detect-activity', command: ['detect-activity'] },
    { name: 'diarize', command: ['diarize'] },
    { name: 'transcribe', command: ['transcribe'] },
    { name: 'index', command: ['index-transcript'] },
  ],
  text: [
    { name: 'extract', command: ['extract-text'] },
    { name: 'index', command: ['index-text'] },
  ],
} satisfies Readonly<Record<string, Stages>>;
