import { z } from '../platform/index.ts';
import { FIVE, OTHERS } from './crew.ts';

const WhoSchema = z.enum([...FIVE, ...OTHERS]).openapi({ example: 'volunteer' });

export const DemoPersonSchema = z
  .object({ who: WhoSchema, zh: z.string(), en: z.string(), name: z.string(), username: z.string() })
  .openapi('DemoPerson');

export const DemoSchema = z
  .object({
    people: z.array(DemoPersonSchema).openapi({ description: '一键切换的五个人 · The five of the bar' }),
    others: z
      .array(DemoPersonSchema)
      .openapi({ description: '需要第二个人时用 · For whatever needs a second person' }),
    files: z.array(z.string()).openapi({ description: '可以试着导入的文件 · Files to try the imports with' }),
  })
  .openapi('Demo');

export const DemoSignInSchema = z.strictObject({ who: WhoSchema }).openapi('DemoSignIn');
export const DemoSignedInSchema = z.object({ person: z.string() }).openapi('DemoSignedIn');
export const FileParams = z.object({ file: z.string().min(1).max(80) });
