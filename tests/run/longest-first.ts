/** The order of test files: vitest knows the longest from an earlier run; on a fresh clone it takes the largest for it. */
import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { PROJECTS } from './projects.ts';

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rankOf = ({ project, moduleId }: TestSpecification) => {
      const longest = PROJECTS.find(({ name }) => name === project.name)?.longest ?? [];
      const rank = longest.indexOf(basename(moduleId));
      return rank < 0 ? longest.length : rank;
    };
    return sorted.toSorted((a, b) => (a.project === b.project ? rankOf(a) - rankOf(b) : 0));
  }
}
