/** vitest runs this before each test file, also where files share their modules. */
import { afterAll } from 'vitest';
import { endAll } from './ending.ts';

afterAll(endAll);
