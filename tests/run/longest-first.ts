/** The order of test files: vitest knows the longest from an earlier run, and on a fresh clone it does not. */
import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { PROJECTS } from './projects.ts';

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ project, moduleId }: TestSpecification) =>
      PROJECTS.find(({ name }) => name === project.name)?.longest === basename(moduleId);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}
