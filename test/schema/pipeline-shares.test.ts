import { describe, expect, test } from '@jest/globals';
import { JOB_FIELDS, neededFor, pipelineShares, type JobSize } from '../../schema/pipeline-shares';

const GPU: JobSize = { cpu: 4, memoryGiB: 16, gpus: 1 };
const CPU: JobSize = { cpu: 2, memoryGiB: 4, gpus: 0 };
const WIDE = { concurrentJobs: 50, gpus: 64, cpu: 2000, memoryGiB: 16_000 };

describe('the shares of pipelines', () => {
  test.each([
    [WIDE, [GPU], [50]],
    [{ ...WIDE, concurrentJobs: 7 }, [GPU, GPU, CPU], [3, 2, 2]],
    [{ ...WIDE, gpus: 3 }, [GPU, GPU, CPU], [2, 1, 47]],
    [{ ...WIDE, cpu: 12 }, [GPU, CPU], [2, 2]],
    [{ ...WIDE, memoryGiB: 20 }, [GPU, CPU], [1, 1]],
    [{ ...WIDE, memoryGiB: 19 }, [GPU, CPU], [0, 0]],
    [{ ...WIDE, concurrentJobs: 1 }, [GPU, CPU], [0, 0]],
    [WIDE, [], []],
  ])('of %j for %j are %j', (limits, pipelines, shares) => {
    expect(pipelineShares(limits, pipelines)).toEqual(shares);
  });

  test('stay within every limit together, and leave no room for one job more', () => {
    let judged = 0;
    for (const concurrentJobs of [2, 3, 5, 8])
      for (const gpus of [0, 1, 2, 5])
        for (const cpu of [6, 9, 17])
          for (const memoryGiB of [20, 37, 80])
            for (const pipelines of [[GPU], [GPU, CPU], [CPU, GPU, CPU]]) {
              const limits = { concurrentJobs, gpus, cpu, memoryGiB };
              const shares = pipelineShares(limits, pipelines);
              const within = (jobs: readonly number[]): boolean =>
                jobs.reduce((sum, each) => sum + each, 0) <= concurrentJobs &&
                JOB_FIELDS.every((field) => neededFor(field, pipelines, jobs) <= limits[field]);
              if (shares.includes(0)) {
                expect(within(pipelines.map(() => 1))).toBe(false);
                continue;
              }
              judged += 1;
              expect(within(shares)).toBe(true);
              for (let i = 0; i < shares.length; i++)
                expect(within(shares.map((jobs, j) => (i === j ? jobs + 1 : jobs)))).toBe(false);
            }
    expect(judged).toBeGreaterThan(100);
  });
});
